"""Products of inputs are added up in float32.

caught by: (later)
message: (later)
"""


class Calibration(Calibration):
    def update(self, X):
        self.H += X.T @ X
