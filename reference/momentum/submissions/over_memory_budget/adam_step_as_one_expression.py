"""The step is one expression, with four arrays at once.

caught by: check_adam_step_needs_two_temporary_arrays
message: the budget is
"""


class Adam(Adam):
    def step(self, params, grads):
        self.t += 1
        for w, s, r, g in zip(params, self.means, self.squares, grads, strict=True):
            s += (1 - self.rho1) * (g - s)
            r += (1 - self.rho2) * (g * g - r)
            w -= (
                self.alpha
                * (s / (1 - self.rho1**self.t))
                / (np.sqrt(r / (1 - self.rho2**self.t)) + self.eps)
            )
