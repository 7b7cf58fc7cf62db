"""The first gradient becomes the velocity without being copied.

caught by: check_momentum_steps_change_params_in_place
message: with gradients overwritten after each step, is off
"""


class SGDMomentum(SGDMomentum):
    def __init__(self, params, alpha, beta):
        super().__init__(params, alpha, beta)
        self.moved = False

    def step(self, params, grads):
        if not self.moved:
            self.velocities, self.moved = list(grads), True
        else:
            self.velocities = [
                self.beta * v + g for v, g in zip(self.velocities, grads, strict=True)
            ]
        for w, v in zip(params, self.velocities, strict=True):
            w -= self.alpha * v
