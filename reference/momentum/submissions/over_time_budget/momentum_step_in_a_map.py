"""Every gradient is multiplied by alpha one number at a time, in a map over the flat array.

caught by: check_momentum_step_takes_little_more_than_its_passes
message: x yardstick
appended to: optimisers.py
"""

from functools import partial
from operator import mul


class SGDMomentum(SGDMomentum):
    def step(self, params, grads):
        for w, v, g in zip(params, self.velocities, grads, strict=True):
            v *= self.beta
            moved = np.fromiter(map(partial(mul, self.alpha), g.flat), v.dtype, v.size)
            v -= moved.reshape(v.shape)
            w += v
