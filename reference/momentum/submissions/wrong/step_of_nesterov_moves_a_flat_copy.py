"""Nesterov moves what reshape(-1) gives, a copy where the parameter is a transposed view.

caught by: check_nesterov_steps_change_params_in_place
message: a transposed view, after 3 steps is off
"""


class Nesterov(Nesterov):
    def __init__(self, params, *args, **options):
        super().__init__([w.reshape(-1) for w in params], *args, **options)

    def step(self, params, grads):
        super().step([w.reshape(-1) for w in params], [g.reshape(-1) for g in grads])
