"""The outer products of all inputs of a batch exist at once.

caught by: (later)
message: (later)
"""


class Calibration(Calibration):
    def update(self, X):
        X = X.astype(np.float64)
        self.H += (X[:, :, None] * X[:, None]).sum(axis=0)
