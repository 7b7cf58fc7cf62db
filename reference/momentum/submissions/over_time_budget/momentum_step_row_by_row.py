"""Every row is a step of its own.

caught by: check_momentum_step_takes_little_more_than_its_passes
message: x yardstick
"""


class SGDMomentum(SGDMomentum):
    def step(self, params, grads):
        for w, v, g in zip(params, self.velocities, grads, strict=True):
            for row, slopes in enumerate(g):
                v[row] *= self.beta
                v[row] -= self.alpha * slopes
                w[row] += v[row]
