"""Three arrays exist at once: two products and their difference.

caught by: check_momentum_step_needs_two_temporary_arrays
message: the budget is
"""


class SGDMomentum(SGDMomentum):
    def step(self, params, grads):
        for w, v, g in zip(params, self.velocities, grads, strict=True):
            v[...] = self.beta * v - self.alpha * g
            w += v
