"""SGDMomentum makes a new velocity and stores it nowhere.

caught by: check_momentum_steps_follow_a_plain_loop
message: params[0] after 2 steps is off
"""


class SGDMomentum(SGDMomentum):
    def step(self, params, grads):
        for w, v, g in zip(params, self.velocities, grads, strict=True):
            v = self.beta * v - self.alpha * g
            w += v
