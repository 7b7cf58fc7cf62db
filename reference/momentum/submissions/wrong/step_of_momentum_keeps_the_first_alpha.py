"""The alpha of the constructor is used for good.

caught by: check_momentum_follows_a_changing_alpha
message: after 1 steps in float32, each with another alpha, is off
"""


class SGDMomentum(SGDMomentum):
    def __init__(self, params, alpha, beta):
        super().__init__(params, alpha, beta)
        self.first_alpha = alpha

    def step(self, params, grads):
        for w, v, g in zip(params, self.velocities, grads, strict=True):
            v *= self.beta
            v -= self.first_alpha * g
            w += v
