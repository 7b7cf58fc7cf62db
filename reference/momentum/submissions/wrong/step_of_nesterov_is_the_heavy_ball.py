"""Nesterov moves by its velocity alone.

caught by: check_nesterov_steps_follow_a_plain_loop
message: params[0] after 1 steps is off
"""


class Nesterov(Nesterov):
    def step(self, params, grads):
        for w, v, g in zip(params, self.velocities, grads, strict=True):
            v *= self.beta
            v -= self.alpha * g
            w += v
