"""The squares of RMSProp are float64, whatever the parameters are.

caught by: check_adagrad_and_rmsprop_are_lean
message: the budget is
"""


class RMSProp(RMSProp):
    def __init__(self, params, *args, **options):
        super().__init__(params, *args, **options)
        self.squares = [np.zeros(w.shape) for w in params]
