"""AdaGrad moves what ravel() gives, a copy where the parameter is a transposed view.

caught by: check_adagrad_steps_change_params_in_place
message: a transposed view, after 3 steps is off
"""


class AdaGrad(AdaGrad):
    def __init__(self, params, *args, **options):
        super().__init__([w.ravel() for w in params], *args, **options)

    def step(self, params, grads):
        super().step([w.ravel() for w in params], [g.ravel() for g in grads])
