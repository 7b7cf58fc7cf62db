"""Products of inputs are added up in float32.

caught by: check_calibration_of_unequal_batches
message: H is off by
not recognised: its answers are right to seven digits
"""


class Calibration(Calibration):
    def update(self, X):
        self.H += X.T @ X
