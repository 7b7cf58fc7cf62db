"""The matrix is inverted.

caught by: check_gp_variance_of_close_points
message: variance
appended to: bayesian.py
not recognised: its variances are rounding errors, others on each machine
"""


class GP(GP):
    def predict(self, Z):
        A = rbf_kernel(self.X, self.X, self.gamma) + self.sigma2 * np.eye(len(self.X))
        K = rbf_kernel(self.X, Z, self.gamma)
        return K.T @ self.weights, 1 - np.sum(K * (np.linalg.inv(A) @ K), axis=0)
