"""The averages of Adam's squares are computed one number at a time, in a map.

caught by: check_adam_step_takes_little_more_than_its_passes
message: x yardstick
appended to: optimisers.py
"""

from functools import partial
from operator import add, mul


class Adam(Adam):
    def step(self, params, grads):
        self.t += 1
        for w, s, r, g in zip(params, self.means, self.squares, grads, strict=True):
            s *= self.rho1
            s += (1 - self.rho1) * g
            kept = map(partial(mul, self.rho2), r.flat)
            new = map(partial(mul, 1 - self.rho2), map(mul, g.flat, g.flat))
            r.flat = np.fromiter(map(add, kept, new), r.dtype, r.size)
            root = r / (1 - self.rho2**self.t)
            np.sqrt(root, out=root)
            root += self.eps
            np.divide(s, root, out=root)
            root *= self.alpha / (1 - self.rho1**self.t)
            w -= root
            del root
