"""A second fit adds its points to those of the first.

caught by: check_gp_forgets_and_copies
message: the second fit
appended to: bayesian.py
"""

_GP = GP


class GP(GP):
    def fit(self, X, y):
        if hasattr(self, "X"):
            X, y = np.concatenate([self.X, X]), np.concatenate([self.y, y])
        self.y = y.copy()
        return super().fit(X, y)
