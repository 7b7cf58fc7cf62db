"""Adam moves what reshape(-1) gives, a copy where the parameter is a transposed view.

caught by: check_adam_steps_change_params_in_place, check_adam_steps_in_other_settings
message: a transposed view, after 3 steps is off
"""


class Adam(Adam):
    def __init__(self, params, *args, **options):
        super().__init__([w.reshape(-1) for w in params], *args, **options)

    def step(self, params, grads):
        super().step([w.reshape(-1) for w in params], [g.reshape(-1) for g in grads])
