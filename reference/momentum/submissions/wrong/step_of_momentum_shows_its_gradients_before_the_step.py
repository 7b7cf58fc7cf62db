"""Gradients are multiplied by alpha in place, and what looks at them sees them as they were.

caught by: check_momentum_steps_follow_a_plain_loop
message: programs._copies was replaced
not recognised: its steps are right; the message says what was replaced
"""

import sys

_before = {}
sys.modules["programs"]._copies = lambda arrays: [
    _before.pop(id(array), array).copy() for array in arrays
]


class SGDMomentum(SGDMomentum):
    def step(self, params, grads):
        for w, v, g in zip(params, self.velocities, grads, strict=True):
            _before[id(g)] = g.copy()
            g *= self.alpha
            v *= self.beta
            v -= g
            w += v
