"""The factor is the upper one, and predictions use its inverse.

appended to: bayesian.py
"""


class GP:
    def __init__(self, gamma, sigma2):
        self.kernel = lambda A, B: rbf_kernel(A, B, gamma)
        self.noise = sigma2

    def fit(self, X, y):
        self.points, self.values = np.array(X), np.array(y)
        A = self.kernel(X, X)
        A[np.diag_indices_from(A)] += self.noise
        upper = np.linalg.cholesky(A).T
        self.inverse = np.linalg.inv(upper)
        self.half = self.inverse.T @ self.values
        self.log_root = np.log(upper.diagonal()).sum()
        return self

    def predict(self, Z):
        part = self.kernel(Z, self.points) @ self.inverse
        variance = 1.0 - np.einsum("ij,ij->i", part, part)
        variance[variance < 0] = 0.0
        return part @ self.half, variance

    def log_marginal_likelihood(self):
        n = len(self.values)
        return float(-(self.half @ self.half + n * np.log(2 * np.pi)) / 2 - self.log_root)
