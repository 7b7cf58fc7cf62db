"""One outer product is added for each input.

caught by: (later)
message: (later)
"""


class Calibration(Calibration):
    def update(self, X):
        for x in X.astype(np.float64):
            self.H += np.outer(x, x)
