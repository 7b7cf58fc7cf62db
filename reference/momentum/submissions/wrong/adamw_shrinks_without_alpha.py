"""The factor of the decay has no alpha in it.

caught by: check_adamw_shrinks_without_a_gradient, check_adamw_steps_follow_a_plain_loop
message: after three steps is off
"""


class AdamW(AdamW):
    def step(self, params, grads):
        for w, shrinks in zip(params, self.decayed, strict=True):
            w *= 1 - shrinks * self.weight_decay
        Adam.step(self, params, grads)
