"""The optimiser keeps a copy of the parameters.

caught by: check_momentum_allocates_one_array_of_state
message: the budget is
"""


class SGDMomentum(SGDMomentum):
    def __init__(self, params, alpha, beta):
        super().__init__(params, alpha, beta)
        self.params = [w.copy() for w in params]
