"""The largest average of squares so far is used (AMSGrad).

caught by: check_adam_of_the_worked_example, check_adam_steps_follow_a_plain_loop
message: w after step 2 is off
"""


class Adam(Adam):
    def step(self, params, grads):
        self.t += 1
        for w, s, r, g in zip(params, self.means, self.squares, grads, strict=True):
            s += (1 - self.rho1) * (g - s)
            r += (1 - self.rho2) * (g * g - r)
            square = r / (1 - self.rho2**self.t)
            self.largest = [*getattr(self, "largest", []), square]
            alike = [old for old in self.largest if old.shape == square.shape]
            w -= (
                self.alpha
                * s
                / (1 - self.rho1**self.t)
                / (np.maximum.reduce(alike) ** 0.5 + self.eps)
            )
