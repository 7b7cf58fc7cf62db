"""AdamW's decay multiplies one number at a time, in a map over the flat array.

caught by: check_adamw_costs_what_adam_costs
message: x yardstick
appended to: optimisers.py
"""

from functools import partial
from operator import mul


class AdamW(AdamW):
    def step(self, params, grads):
        factor = 1 - self.alpha * self.weight_decay
        for w, shrinks in zip(params, self.decayed, strict=True):
            if shrinks:
                w.flat = np.fromiter(map(partial(mul, factor), w.flat), w.dtype, w.size)
        Adam.step(self, params, grads)
