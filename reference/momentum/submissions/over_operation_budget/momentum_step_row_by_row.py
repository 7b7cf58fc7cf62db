"""Every row has a step of its own.

caught by: check_momentum_step_is_vectorised
message: interpreter steps
"""


class SGDMomentum(SGDMomentum):
    def step(self, params, grads):
        for i, g in enumerate(grads):
            for row in range(len(g)):
                self.velocities[i][row] = self.beta * self.velocities[i][row] - self.alpha * g[row]
                params[i][row] += self.velocities[i][row]
