"""Every row of a parameter is indexed, and updated by itself.

caught by: check_adam_step_takes_little_more_than_its_passes
message: x yardstick
"""


class Adam(Adam):
    def step(self, params, grads):
        self.t += 1
        for w, s, r, g in zip(params, self.means, self.squares, grads, strict=True):
            for row in np.ndindex(w.shape[:1]):
                s[row] += (1 - self.rho1) * (g[row] - s[row])
                r[row] += (1 - self.rho2) * (g[row] * g[row] - r[row])
                root = np.sqrt(r[row] / (1 - self.rho2**self.t)) + self.eps
                w[row] -= self.alpha * (s[row] / (1 - self.rho1**self.t)) / root
