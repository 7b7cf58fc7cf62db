"""The inputs are kept until H is asked for.

caught by: check_calibration_keeps_no_inputs
message: the budget is
"""


class Calibration:
    def __init__(self, d):
        self.d, self.inputs = d, []

    def update(self, X):
        self.inputs.append(X.copy())

    @property
    def H(self):
        X = np.concatenate([np.zeros((0, self.d)), *self.inputs]).astype(np.float64)
        return X.T @ X
