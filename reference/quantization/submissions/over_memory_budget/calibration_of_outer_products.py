"""The outer products of all inputs of a batch exist at once.

caught by: check_calibration_keeps_no_inputs
message: the budget is
"""


class Calibration(Calibration):
    def update(self, X):
        X = X.astype(np.float64)
        self.H += (X[:, :, None] * X[:, None]).sum(axis=0)
