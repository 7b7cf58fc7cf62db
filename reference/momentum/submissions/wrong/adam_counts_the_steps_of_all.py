"""All optimisers share one count of steps.

caught by: check_adam_steps_change_params_in_place, check_adam_steps_in_other_settings
message: one of two optimisers whose steps alternate
"""


class Adam(Adam):
    count = 0

    def step(self, params, grads):
        Adam.count += 1
        self.t = Adam.count - 1
        super().step(params, grads)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        Adam.count = 0
