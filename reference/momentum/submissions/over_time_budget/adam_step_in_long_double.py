"""The roots are taken in extended precision.

caught by: check_adam_step_takes_little_more_than_its_passes
message: x yardstick
"""


class Adam(Adam):
    def step(self, params, grads):
        self.t += 1
        for w, s, r, g in zip(params, self.means, self.squares, grads, strict=True):
            s += (1 - self.rho1) * (g - s)
            r += (1 - self.rho2) * (g * g - r)
            wide = np.sqrt(r.astype(np.longdouble) / (1 - self.rho2**self.t)) + self.eps
            w -= (self.alpha * (s / (1 - self.rho1**self.t)) / wide).astype(w.dtype)
