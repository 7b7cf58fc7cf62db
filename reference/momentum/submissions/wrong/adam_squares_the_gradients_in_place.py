"""The gradients are squared in place.

caught by: check_adam_steps_change_params_in_place
message: this does not hold: step leaves the gradients as they are
"""


class Adam(Adam):
    def step(self, params, grads):
        self.t += 1
        for w, s, r, g in zip(params, self.means, self.squares, grads, strict=True):
            s += (1 - self.rho1) * (g - s)
            g *= g
            r += (1 - self.rho2) * (g - r)
            mean, square = s / (1 - self.rho1**self.t), r / (1 - self.rho2**self.t)
            w -= self.alpha * mean / (np.sqrt(square) + self.eps)
