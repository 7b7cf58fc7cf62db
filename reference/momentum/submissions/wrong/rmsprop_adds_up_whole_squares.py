"""RMSProp leaves 1 - rho away.

caught by: check_rmsprop_steps_follow_a_plain_loop
message: params[0] after 1 steps is off
"""


class RMSProp(RMSProp):
    def step(self, params, grads):
        for w, s, g in zip(params, self.squares, grads, strict=True):
            s *= self.rho
            s += g * g
            w -= self.alpha * g / (np.sqrt(s) + self.eps)
