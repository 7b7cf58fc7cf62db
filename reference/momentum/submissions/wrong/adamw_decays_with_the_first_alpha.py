"""The decay goes on with the first alpha.

caught by: check_adamw_steps_change_params_in_place, check_adamw_in_other_settings
message: each with another alpha, is off
"""


class AdamW(AdamW):
    def __init__(self, params, alpha, *args, **options):
        super().__init__(params, alpha, *args, **options)
        self.first_alpha = alpha

    def step(self, params, grads):
        for w, shrinks in zip(params, self.decayed, strict=True):
            w *= 1 - shrinks * self.first_alpha * self.weight_decay
        Adam.step(self, params, grads)
