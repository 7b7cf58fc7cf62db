"""Every row is updated by itself.

caught by: check_adam_step_is_vectorised
message: interpreter steps
"""


class Adam(Adam):
    def step(self, params, grads):
        self.t += 1
        for w, s, r, g in zip(params, self.means, self.squares, grads, strict=True):
            for row, slopes in enumerate(g):
                s[row] += (1 - self.rho1) * (slopes - s[row])
                r[row] += (1 - self.rho2) * (slopes * slopes - r[row])
                root = np.sqrt(r[row] / (1 - self.rho2**self.t)) + self.eps
                w[row] -= self.alpha * s[row] / (1 - self.rho1**self.t) / root
