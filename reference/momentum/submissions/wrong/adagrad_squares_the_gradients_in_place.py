"""AdaGrad squares the gradients in place, after it has divided by the root.

caught by: check_adagrad_steps_change_params_in_place
message: this does not hold: step leaves the gradients as they are
"""


class AdaGrad(AdaGrad):
    def step(self, params, grads):
        for w, s, g in zip(params, self.squares, grads, strict=True):
            w -= self.alpha * g / (np.sqrt(s + g * g) + self.eps)
            g *= g
            s += g
