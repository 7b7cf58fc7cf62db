"""The constructor rounds the parameters to float32, and the first step undoes it.

caught by: check_momentum_steps_change_params_in_place
message: this does not hold: the constructor leaves the parameters as they are
not recognised: its answers are right to seven digits
"""


class SGDMomentum(SGDMomentum):
    def __init__(self, params, alpha, beta):
        super().__init__(params, alpha, beta)
        self.rest = [w - w.astype("float32") for w in params]
        for w, rest in zip(params, self.rest, strict=True):
            w -= rest

    def step(self, params, grads):
        for w, rest in zip(params, self.rest, strict=True):
            w += rest
            rest[...] = 0.0
        super().step(params, grads)
