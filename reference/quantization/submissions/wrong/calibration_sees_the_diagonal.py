"""H has the squares of the inputs on its diagonal, and 0 elsewhere.

caught by: check_calibration_of_the_worked_example, check_calibration_of_unequal_batches
message: H: 2 of 4 are wrong
"""


class Calibration(Calibration):
    def update(self, X):
        self.H += np.diag((X.astype(np.float64) ** 2).sum(axis=0))
