"""H is twice the sum.

As in the paper of GPTQ, where the factor changes nothing.

caught by: check_calibration_of_the_worked_example
message: H: 4 of 4 are wrong
"""


class Calibration(Calibration):
    def update(self, X):
        X = X.astype(np.float64)
        self.H += 2 * X.T @ X
