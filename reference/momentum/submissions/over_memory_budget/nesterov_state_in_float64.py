"""The velocities of Nesterov are float64, whatever the parameters are.

caught by: check_nesterov_is_lean
message: the budget is
"""


class Nesterov(Nesterov):
    def __init__(self, params, *args, **options):
        super().__init__(params, *args, **options)
        self.velocities = [np.zeros(w.shape) for w in params]
