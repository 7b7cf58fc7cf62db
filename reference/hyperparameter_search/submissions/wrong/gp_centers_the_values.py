"""The values are centred, although the prior has mean 0.

caught by: check_gp_of_one_point
message: the posterior of one point
appended to: bayesian.py
"""


class GP(GP):
    def fit(self, X, y):
        n = len(X)
        self.X = X.copy()
        self.L = np.linalg.cholesky(rbf_kernel(X, X, self.gamma) + self.sigma2 * np.eye(n))
        self.whiten = np.linalg.solve(self.L, np.eye(n))
        self.white = self.whiten @ (y - y.mean())
        self.weights = self.whiten.T @ self.white
        return self
