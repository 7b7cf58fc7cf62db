"""Nothing shrinks.

caught by: check_adamw_shrinks_without_a_gradient, check_adamw_steps_follow_a_plain_loop
message: after three steps is off
"""


class AdamW(AdamW):
    def step(self, params, grads):
        Adam.step(self, params, grads)
