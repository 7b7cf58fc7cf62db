"""AdaGrad divides by the squares of the steps before.

caught by: check_adagrad_steps_follow_a_plain_loop
message: params[0] after 1 steps is off
"""


class AdaGrad(AdaGrad):
    def step(self, params, grads):
        for w, s, g in zip(params, self.squares, grads, strict=True):
            w -= self.alpha * g / (np.sqrt(s) + self.eps)
            s += g * g
