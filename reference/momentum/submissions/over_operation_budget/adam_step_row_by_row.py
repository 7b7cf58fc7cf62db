"""Every row is updated by itself.

caught by: check_adam_step_is_vectorised
message: interpreter steps
"""


class Adam(Adam):
    def step(self, params, grads):
        self.t += 1
        for w, s, r, g in zip(params, self.means, self.squares, grads, strict=True):
            rows = [array.reshape(-1, array.shape[-1]) for array in (w, s, r, g)]
            for row, mean, square, slope in zip(*rows, strict=True):
                mean += (1 - self.rho1) * (slope - mean)
                square += (1 - self.rho2) * (slope * slope - square)
                root = np.sqrt(square / (1 - self.rho2**self.t)) + self.eps
                row -= self.alpha * mean / (1 - self.rho1**self.t) / root
