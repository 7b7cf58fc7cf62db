"""Nesterov multiplies the gradients by alpha in place.

caught by: check_nesterov_steps_change_params_in_place
message: this does not hold: step leaves the gradients as they are
"""


class Nesterov(Nesterov):
    def step(self, params, grads):
        for w, v, g in zip(params, self.velocities, grads, strict=True):
            g *= self.alpha
            v *= self.beta
            v -= g
            w -= g
            w += self.beta * v
