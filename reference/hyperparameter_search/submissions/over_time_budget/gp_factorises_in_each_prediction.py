"""Every prediction factorises the matrix again.

caught by: check_gp_factorises_once
message: x yardstick
appended to: bayesian.py
"""


class GP(GP):
    def predict(self, Z):
        K = rbf_kernel(self.X, Z, self.gamma)
        explained = np.sum(np.linalg.solve(self.L, K) ** 2, axis=0)
        return K.T @ self.weights, np.maximum(1 - explained, 0)
