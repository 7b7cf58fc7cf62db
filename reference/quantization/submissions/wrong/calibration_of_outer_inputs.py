"""H is X X^T, with an entry for two inputs instead of two columns.

caught by: check_calibration_of_the_worked_example
message: H: 4 of 4 are wrong
not recognised: the few numbers of a small example say too little
"""


class Calibration(Calibration):
    def update(self, X):
        X = X.astype(np.float64)
        self.H += X @ X.T
