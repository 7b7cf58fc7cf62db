"""Nesterov's velocities are computed one number at a time, in a map over the flat arrays.

caught by: check_nesterov_step_is_vectorised
message: x yardstick
appended to: optimisers.py
"""

from functools import partial
from operator import add, mul


class Nesterov(Nesterov):
    def step(self, params, grads):
        for w, v, g in zip(params, self.velocities, grads, strict=True):
            kept = map(partial(mul, self.beta), v.flat)
            moved = map(add, kept, map(partial(mul, -self.alpha), g.flat))
            v.flat = np.fromiter(moved, v.dtype, v.size)
            w += self.beta * v
            w -= self.alpha * g
