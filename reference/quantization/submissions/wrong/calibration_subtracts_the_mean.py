"""H is the covariance of the inputs, without their mean.

caught by: (later)
message: (later)
"""


class Calibration(Calibration):
    def update(self, X):
        X = X.astype(np.float64) - X.mean(axis=0)
        self.H += X.T @ X
