"""Products of inputs are added up in float32.

caught by: check_calibration_of_unequal_batches
message: H
"""


class Calibration(Calibration):
    def update(self, X):
        self.H += X.T @ X
