"""SGDMomentum moves what ravel() gives, a copy where the parameter is a transposed view.

caught by: check_momentum_steps_change_params_in_place, check_momentum_steps_in_other_settings
message: a transposed view, after 3 steps is off
"""


class SGDMomentum(SGDMomentum):
    def step(self, params, grads):
        for w, v, g in zip(params, self.velocities, grads, strict=True):
            v *= self.beta
            v -= self.alpha * g
            w.ravel()[:] += v.ravel()
