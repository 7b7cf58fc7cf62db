"""RMSProp has rho and 1 - rho exchanged.

caught by: check_rmsprop_steps_follow_a_plain_loop
message: params[0] after 1 steps is off
"""


class RMSProp(RMSProp):
    def step(self, params, grads):
        for w, s, g in zip(params, self.squares, grads, strict=True):
            s *= 1 - self.rho
            s += self.rho * g * g
            w -= self.alpha * g / (np.sqrt(s) + self.eps)
