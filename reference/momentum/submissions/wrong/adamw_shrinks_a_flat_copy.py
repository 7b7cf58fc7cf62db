"""AdamW shrinks what reshape(-1) gives, a copy where the parameter is a transposed view.

caught by: check_adamw_steps_change_params_in_place
message: a transposed view, after 3 steps is off
"""


class AdamW(AdamW):
    def step(self, params, grads):
        for w, shrinks in zip(params, self.decayed, strict=True):
            flat = w.reshape(-1)
            flat *= 1 - shrinks * self.alpha * self.weight_decay
        Adam.step(self, params, grads)
