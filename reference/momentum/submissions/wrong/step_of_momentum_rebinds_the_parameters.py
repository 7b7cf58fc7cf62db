"""The list gets new arrays, and the caller keeps the old ones.

caught by: check_momentum_steps_follow_a_plain_loop
message: this does not hold: step changes the very arrays of the caller
"""


class SGDMomentum(SGDMomentum):
    def step(self, params, grads):
        for i, g in enumerate(grads):
            self.velocities[i] = self.beta * self.velocities[i] - self.alpha * g
            params[i] = params[i] + self.velocities[i]
