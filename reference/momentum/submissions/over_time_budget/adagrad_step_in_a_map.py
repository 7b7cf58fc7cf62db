"""AdaGrad adds up the squares one number at a time, in a map over the flat arrays.

caught by: check_adagrad_and_rmsprop_steps_are_vectorised
message: x yardstick
appended to: optimisers.py
"""

from operator import add, mul


class AdaGrad(AdaGrad):
    def step(self, params, grads):
        for w, s, g in zip(params, self.squares, grads, strict=True):
            s.flat = np.fromiter(map(add, s.flat, map(mul, g.flat, g.flat)), s.dtype, s.size)
            _descend(w, g, s, self.alpha, self.eps)
