"""The velocity has the length of a row, and not the shape of the parameter.

caught by: check_momentum_steps_follow_a_plain_loop
message: broadcast
"""


class SGDMomentum(SGDMomentum):
    def __init__(self, params, alpha, beta):
        super().__init__(params, alpha, beta)
        self.velocities = [np.zeros(w.shape[-1]) for w in params]
