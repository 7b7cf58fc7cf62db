"""Nesterov keeps the gradients, and brings its velocities up to date in the next step.

caught by: check_nesterov_steps_change_params_in_place
message: with gradients overwritten after each step, is off
"""


class Nesterov(Nesterov):
    def step(self, params, grads):
        for v, (alpha, g) in zip(self.velocities, getattr(self, "last", ()), strict=False):
            v *= self.beta
            v -= alpha * g
        self.last = [(self.alpha, g) for g in grads]
        for w, v, g in zip(params, self.velocities, grads, strict=True):
            w += self.beta * (self.beta * v - self.alpha * g)
            w -= self.alpha * g
