"""eps is left away where it is small, and zero divided by zero.

caught by: check_adam_takes_a_first_step_of_size_alpha
message: w after 1 steps with gradients of size 0.0001 is off
"""


class Adam(Adam):
    def step(self, params, grads):
        self.t += 1
        for w, s, r, g in zip(params, self.means, self.squares, grads, strict=True):
            s += (1 - self.rho1) * (g - s)
            r += (1 - self.rho2) * (g * g - r)
            mean, square = s / (1 - self.rho1**self.t), r / (1 - self.rho2**self.t)
            eps = self.eps if self.eps > 1e-4 else 0.0
            w -= self.alpha * mean / (np.sqrt(square) + eps)
