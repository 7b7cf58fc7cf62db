"""RMSProp uses the arrays of the gradients for its step.

caught by: check_rmsprop_steps_change_params_in_place
message: this does not hold: step leaves the gradients as they are
"""


class RMSProp(RMSProp):
    def step(self, params, grads):
        for w, s, g in zip(params, self.squares, grads, strict=True):
            s += (1 - self.rho) * (g * g - s)
            g /= np.sqrt(s) + self.eps
            g *= self.alpha
            w -= g
