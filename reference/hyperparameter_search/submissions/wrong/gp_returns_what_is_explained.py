"""The variance that is explained is returned in place of what is left.

caught by: check_gp_of_one_point
message: the variance of the posterior of one point
appended to: bayesian.py
"""


class GP(GP):
    def predict(self, Z):
        K = rbf_kernel(self.X, Z, self.gamma)
        explained = np.sum((self.whiten @ K) ** 2, axis=0)
        return K.T @ self.weights, explained
