"""The gradient in the velocity of SGDMomentum is multiplied by 1 - beta.

caught by: check_momentum_steps_follow_a_plain_loop
message: params[0] after 1 steps is off
"""


class SGDMomentum(SGDMomentum):
    def step(self, params, grads):
        for w, v, g in zip(params, self.velocities, grads, strict=True):
            v *= self.beta
            v -= (1 - self.beta) * self.alpha * g
            w += v
