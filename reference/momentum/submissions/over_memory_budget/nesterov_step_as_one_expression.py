"""Three arrays exist at once.

caught by: check_nesterov_is_lean
message: the budget is
"""


class Nesterov(Nesterov):
    def step(self, params, grads):
        for w, v, g in zip(params, self.velocities, grads, strict=True):
            v[...] = self.beta * v - self.alpha * g
            w[...] = w + self.beta * v - self.alpha * g
