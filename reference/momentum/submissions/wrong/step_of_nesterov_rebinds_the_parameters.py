"""Nesterov makes new parameters, and the caller keeps the old ones.

caught by: check_nesterov_steps_follow_a_plain_loop
message: this does not hold: step changes the very arrays of the caller
"""


class Nesterov(Nesterov):
    def step(self, params, grads):
        for w, v, g in zip(params, self.velocities, grads, strict=True):
            v *= self.beta
            v -= self.alpha * g
            w = w + self.beta * v - self.alpha * g
