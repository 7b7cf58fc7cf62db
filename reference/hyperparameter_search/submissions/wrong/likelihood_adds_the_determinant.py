"""The determinant is added to the likelihood.

caught by: check_gp_of_one_point
message: the log marginal likelihood
appended to: bayesian.py
"""


class GP(GP):
    def log_marginal_likelihood(self):
        n, half_log_det = len(self.white), float(np.sum(np.log(np.diag(self.L))))
        form = 0.5 * float(self.white @ self.white)
        return -form + half_log_det - n / 2 * math.log(2 * math.pi)
