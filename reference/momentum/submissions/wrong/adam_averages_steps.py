"""Adam averages gradients that are multiplied by alpha, so an old alpha goes on for a while.

caught by: check_adam_follows_a_changing_alpha
message: params[0] after 2 steps in float32, each with another alpha, is off
"""


class Adam(Adam):
    def step(self, params, grads):
        self.t += 1
        for w, s, r, g in zip(params, self.means, self.squares, grads, strict=True):
            s += (1 - self.rho1) * (self.alpha * g - s)
            r += (1 - self.rho2) * (g * g - r)
            root = np.sqrt(r / (1 - self.rho2**self.t)) + self.eps
            w -= s / (1 - self.rho1**self.t) / root
