"""All velocities are made anew before any parameter moves.

caught by: check_momentum_step_needs_two_temporary_arrays
message: the budget is
"""


class SGDMomentum(SGDMomentum):
    def step(self, params, grads):
        pairs = list(zip(self.velocities, grads, strict=True))
        self.velocities = [self.beta * v - self.alpha * g for v, g in pairs]
        for w, v in zip(params, self.velocities, strict=True):
            w += v
