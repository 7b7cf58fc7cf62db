"""decayed is ignored.

caught by: check_adamw_steps_follow_a_plain_loop
message: params[1] after 1 steps is off
"""


class AdamW(AdamW):
    def step(self, params, grads):
        for w in params:
            w *= 1 - self.alpha * self.weight_decay
        Adam.step(self, params, grads)
