"""The parameters shrink after the step, not before.

caught by: check_adamw_steps_follow_a_plain_loop
message: params[0] after 1 steps is off
"""


class AdamW(AdamW):
    def step(self, params, grads):
        Adam.step(self, params, grads)
        for w, shrinks in zip(params, self.decayed, strict=True):
            w *= 1 - shrinks * self.alpha * self.weight_decay
