"""H is the mean over all inputs instead of their sum.

caught by: check_calibration_of_the_worked_example, check_calibration_of_unequal_batches
message: H: 4 of 4 are wrong
"""


class Calibration:
    def __init__(self, d):
        self.H, self.n = np.zeros((d, d)), 0

    def update(self, X):
        X = X.astype(np.float64)
        self.H = (self.n * self.H + X.T @ X) / (self.n + len(X))
        self.n += len(X)
