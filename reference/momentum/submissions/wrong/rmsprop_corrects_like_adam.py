"""RMSProp corrects its average for the start at zero.

caught by: check_rmsprop_steps_follow_a_plain_loop
message: params[0] after 1 steps is off
"""


class RMSProp(RMSProp):
    def step(self, params, grads):
        self.t = getattr(self, "t", 0) + 1
        for w, s, g in zip(params, self.squares, grads, strict=True):
            s *= self.rho
            s += (1 - self.rho) * g * g
            w -= self.alpha * g / (np.sqrt(s / (1 - self.rho**self.t)) + self.eps)
