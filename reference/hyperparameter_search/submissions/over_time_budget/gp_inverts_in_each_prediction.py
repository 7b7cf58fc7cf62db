"""Every prediction inverts the matrix.

caught by: check_gp_factorises_once
message: x yardstick
appended to: bayesian.py
"""


class GP(GP):
    def predict(self, Z):
        A = rbf_kernel(self.X, self.X, self.gamma) + self.sigma2 * np.eye(len(self.X))
        K = rbf_kernel(self.X, Z, self.gamma)
        variance = 1 - np.sum(K * (np.linalg.inv(A) @ K), axis=0)
        return K.T @ self.weights, np.maximum(variance, 0)
