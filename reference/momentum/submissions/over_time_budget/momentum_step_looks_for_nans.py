"""Every step looks for NaN and infinity in all its arrays.

caught by: check_momentum_step_takes_little_more_than_its_passes
message: x yardstick
"""


class SGDMomentum(SGDMomentum):
    def step(self, params, grads):
        for w, v, g in zip(params, self.velocities, grads, strict=True):
            v *= self.beta
            v -= self.alpha * np.nan_to_num(g)
            np.nan_to_num(v, copy=False)
            w += v
            np.nan_to_num(w, copy=False)
