"""Adam moves what reshape(-1) gives, a copy where the parameter is a transposed view.

caught by: check_adam_steps_change_params_in_place, check_adam_steps_in_other_settings
message: a transposed view, after 3 steps is off
"""


class Adam(Adam):
    def step(self, params, grads):
        self.t += 1
        for w, s, r, g in zip(params, self.means, self.squares, grads, strict=True):
            s += (1 - self.rho1) * (g - s)
            r += (1 - self.rho2) * (g * g - r)
            root = np.sqrt(r / (1 - self.rho2**self.t)) + self.eps
            flat = w.reshape(-1)
            flat -= (self.alpha / (1 - self.rho1**self.t) * s / root).reshape(-1)
