"""Nesterov stands still after a hundred steps.

caught by: check_nesterov_step_is_vectorised
message: Nesterov: params[0] after 1000 steps with the same gradients is off
not recognised: only values of measured calls are wrong, which leave no trace
"""


class Nesterov(Nesterov):
    taken = 0

    def step(self, params, grads):
        self.taken += 1
        if self.taken <= 100:
            super().step(params, grads)
