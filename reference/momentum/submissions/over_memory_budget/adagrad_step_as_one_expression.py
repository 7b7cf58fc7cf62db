"""Four arrays exist at once.

caught by: check_adagrad_and_rmsprop_are_lean
message: the budget is
"""


class AdaGrad(AdaGrad):
    def step(self, params, grads):
        for w, s, g in zip(params, self.squares, grads, strict=True):
            s[...] = s + g * g
            root = np.sqrt(s)
            below = root + self.eps
            w[...] = w - self.alpha * g / below
