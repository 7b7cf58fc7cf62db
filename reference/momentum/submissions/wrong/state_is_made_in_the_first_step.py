"""Momentum and Adam make their state in the first step.

caught by: check_momentum_allocates_one_array_of_state, check_adam_allocates_two_arrays_of_state
message: () allocates for 240 000 of parameters is
appended to: optimisers.py
not recognised: the number of bytes is that of an empty constructor, whatever is made later
"""


class SGDMomentum(SGDMomentum):
    def __init__(self, params, alpha, beta):
        self.alpha, self.beta, self.velocities = alpha, beta, None

    def step(self, params, grads):
        if self.velocities is None:
            self.velocities = [np.zeros_like(w) for w in params]
        super().step(params, grads)


class Adam(Adam):
    def __init__(self, params, alpha, rho1=0.9, rho2=0.999, eps=1e-8):
        self.alpha, self.rho1, self.rho2, self.eps, self.t = alpha, rho1, rho2, eps, 0
        self.means = self.squares = None

    def step(self, params, grads):
        if self.means is None:
            self.means, self.squares = ([np.zeros_like(w) for w in params] for _ in range(2))
        super().step(params, grads)
