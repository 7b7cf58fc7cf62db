"""AdaGrad updates every row by itself.

caught by: check_adagrad_and_rmsprop_steps_are_vectorised
message: interpreter steps
"""


class AdaGrad(AdaGrad):
    def step(self, params, grads):
        for w, s, g in zip(params, self.squares, grads, strict=True):
            for row, slopes in enumerate(g):
                s[row] += slopes * slopes
                w[row] -= self.alpha * slopes / (np.sqrt(s[row]) + self.eps)
