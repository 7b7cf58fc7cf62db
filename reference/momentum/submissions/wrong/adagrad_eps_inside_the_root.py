"""AdaGrad adds eps inside the root.

caught by: check_adagrad_steps_follow_a_plain_loop
message: params[0] after 1 steps is off
"""


class AdaGrad(AdaGrad):
    def step(self, params, grads):
        for w, s, g in zip(params, self.squares, grads, strict=True):
            s += g * g
            w -= self.alpha * g / np.sqrt(s + self.eps)
