"""Every row is a step of its own.

caught by: check_momentum_step_takes_the_time_of_four_plain_steps
message: x yardstick
"""


class SGDMomentum(SGDMomentum):
    def step(self, params, grads):
        for w, v, g in zip(params, self.velocities, grads, strict=True):
            rows = [array.reshape(-1, array.shape[-1]) for array in (w, v, g)]
            for row, speed, slope in zip(*rows, strict=True):
                speed *= self.beta
                speed -= self.alpha * slope
                row += speed
