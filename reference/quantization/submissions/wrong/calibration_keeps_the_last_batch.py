"""H is that of the last batch.

caught by: check_calibration_of_the_worked_example, check_calibration_of_unequal_batches
message: H: 4 of 4 are wrong
"""


class Calibration(Calibration):
    def update(self, X):
        X = X.astype(np.float64)
        self.H = X.T @ X
