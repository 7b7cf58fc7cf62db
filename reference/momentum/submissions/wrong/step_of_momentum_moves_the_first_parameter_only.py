"""Only the first parameter is moved.

caught by: check_momentum_steps_follow_a_plain_loop
message: this does not hold: step changes the very arrays of the caller
"""


class SGDMomentum(SGDMomentum):
    def __init__(self, params, alpha, beta):
        super().__init__(params[:1], alpha, beta)

    def step(self, params, grads):
        super().step(params[:1], grads[:1])
