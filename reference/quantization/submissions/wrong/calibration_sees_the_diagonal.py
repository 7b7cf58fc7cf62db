"""H has the squares of the inputs on its diagonal, and 0 elsewhere.

caught by: (later)
message: (later)
"""


class Calibration(Calibration):
    def update(self, X):
        self.H += np.diag((X.astype(np.float64) ** 2).sum(axis=0))
