"""AdaGrad moves what ravel() gives, a copy where the parameter is a transposed view.

caught by: check_adagrad_and_rmsprop_in_other_settings
message: a transposed view, after five steps in float64 is off
"""


class AdaGrad(AdaGrad):
    def step(self, params, grads):
        for w, s, g in zip(params, self.squares, grads, strict=True):
            s += g * g
            w.ravel()[:] -= (self.alpha * g / (np.sqrt(s) + self.eps)).ravel()
