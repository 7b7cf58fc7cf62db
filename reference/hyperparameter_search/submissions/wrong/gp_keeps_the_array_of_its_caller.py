"""The points are not copied.

caught by: check_gp_forgets_and_copies
message: the second fit
appended to: bayesian.py
"""


class GP(GP):
    def fit(self, X, y):
        n = len(X)
        self.X = X
        self.L = np.linalg.cholesky(rbf_kernel(X, X, self.gamma) + self.sigma2 * np.eye(n))
        self.whiten = np.linalg.solve(self.L, np.eye(n))
        self.white = self.whiten @ y
        self.weights = self.whiten.T @ self.white
        return self
