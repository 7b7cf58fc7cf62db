"""The velocity is a sum of gradients, and the latest alpha multiplies all of it.

caught by: check_momentum_follows_a_changing_alpha
message: after 2 steps in float32, each with another alpha, is off
"""


class SGDMomentum(SGDMomentum):
    def step(self, params, grads):
        for w, v, g in zip(params, self.velocities, grads, strict=True):
            v *= self.beta
            v += g
            w -= self.alpha * v
