"""The parameters move row by row, after velocities that were brought up to date at once.

caught by: check_nesterov_step_is_vectorised
message: interpreter steps
"""


class Nesterov(Nesterov):
    def step(self, params, grads):
        for w, v, g in zip(params, self.velocities, grads, strict=True):
            v *= self.beta
            v -= self.alpha * g
            for row in range(len(w)):
                w[row] += self.beta * v[row] - self.alpha * g[row]
