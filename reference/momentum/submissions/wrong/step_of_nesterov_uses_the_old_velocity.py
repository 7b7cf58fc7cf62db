"""beta multiplies the velocity from before the step.

caught by: check_nesterov_steps_follow_a_plain_loop
message: after 1 steps is off
"""


class Nesterov(Nesterov):
    def step(self, params, grads):
        for w, v, g in zip(params, self.velocities, grads, strict=True):
            w += self.beta * v - self.alpha * g
            v *= self.beta
            v -= self.alpha * g
