"""The velocities are float64, whatever the parameters are.

caught by: check_momentum_allocates_one_array_of_state
message: the budget is
"""


class SGDMomentum(SGDMomentum):
    def __init__(self, params, alpha, beta):
        super().__init__([], alpha, beta)
        self.velocities = [np.zeros(w.shape) for w in params]
