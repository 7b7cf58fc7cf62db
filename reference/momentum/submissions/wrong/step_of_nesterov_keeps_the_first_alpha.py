"""Nesterov uses the alpha of its constructor for good.

caught by: check_nesterov_steps_change_params_in_place
message: each with another alpha, is off
"""


class Nesterov(Nesterov):
    def __init__(self, params, alpha, *args, **options):
        super().__init__(params, alpha, *args, **options)
        self.first = alpha

    def step(self, params, grads):
        self.alpha = self.first
        super().step(params, grads)
