"""Four arrays of RMSProp exist at once.

caught by: check_adagrad_and_rmsprop_are_lean
message: the budget is
"""


class RMSProp(RMSProp):
    def step(self, params, grads):
        for w, s, g in zip(params, self.squares, grads, strict=True):
            s += (1 - self.rho) * (g * g - s)
            root = np.sqrt(s)
            below = root + self.eps
            w[...] = w - self.alpha * g / below
