"""AdaGrad averages its squares with a memory of 0.9.

caught by: check_adagrad_steps_follow_a_plain_loop
message: params[0] after 1 steps is off
"""


class AdaGrad(AdaGrad):
    def step(self, params, grads):
        for w, s, g in zip(params, self.squares, grads, strict=True):
            s *= 0.9
            s += 0.1 * g * g
            w -= self.alpha * g / (np.sqrt(s) + self.eps)
