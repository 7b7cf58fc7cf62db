"""RMSProp updates every row by itself, in views of it.

caught by: check_adagrad_and_rmsprop_steps_are_vectorised
message: interpreter steps
"""


class RMSProp(RMSProp):
    def step(self, params, grads):
        for arrays in zip(params, self.squares, grads, strict=True):
            for row, squares, slopes in zip(*map(np.atleast_2d, arrays), strict=True):
                squares *= self.rho
                squares += (1 - self.rho) * slopes * slopes
                row -= self.alpha * slopes / (np.sqrt(squares) + self.eps)
