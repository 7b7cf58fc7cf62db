"""Parameters of the same shape share a velocity.

caught by: check_momentum_steps_follow_a_plain_loop
message: after 1 steps is off
"""


class SGDMomentum(SGDMomentum):
    def __init__(self, params, alpha, beta):
        super().__init__(params, alpha, beta)
        self.by_shape = {w.shape: np.zeros_like(w) for w in params}

    def step(self, params, grads):
        for w, g in zip(params, grads, strict=True):
            v = self.by_shape[w.shape]
            v *= self.beta
            v -= self.alpha * g
            w += v
