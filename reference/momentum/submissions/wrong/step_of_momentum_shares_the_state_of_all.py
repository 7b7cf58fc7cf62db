"""All optimisers share one velocity, a global variable.

caught by: check_momentum_steps_change_params_in_place
message: one of two optimisers whose steps alternate
"""

VELOCITIES = {}


class SGDMomentum:
    def __init__(self, params, alpha, beta):
        self.alpha, self.beta = alpha, beta

    def step(self, params, grads):
        for i, (w, g) in enumerate(zip(params, grads, strict=True)):
            VELOCITIES[i] = VELOCITIES.get(i, 0) * self.beta - self.alpha * g
            w += VELOCITIES[i]
