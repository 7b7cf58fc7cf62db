"""H is the mean over batches of unequal size of their means.

caught by: check_calibration_of_the_worked_example, check_calibration_of_unequal_batches
message: H: 4 of 4 are wrong
"""


class Calibration:
    def __init__(self, d):
        self.H, self.batches = np.zeros((d, d)), 0

    def update(self, X):
        X = X.astype(np.float64)
        self.batches += 1
        self.H += (X.T @ X / len(X) - self.H) / self.batches
