"""Nesterov moves what reshape(-1) gives, a copy where the parameter is a transposed view.

caught by: check_nesterov_steps_in_other_settings
message: a transposed view, after five steps in float64 is off
"""


class Nesterov(Nesterov):
    def step(self, params, grads):
        for w, v, g in zip(params, self.velocities, grads, strict=True):
            v *= self.beta
            v -= self.alpha * g
            flat = w.reshape(-1)
            flat += (self.beta * v - self.alpha * g).reshape(-1)
