"""The roots are powers in extended precision, a buffer at a time.

caught by: check_adam_step_takes_little_more_than_its_passes
message: x yardstick
"""


class Adam(Adam):
    def step(self, params, grads):
        self.t += 1
        alpha = self.alpha / (1 - self.rho1**self.t)
        for w, s, r, g in zip(params, self.means, self.squares, grads, strict=True):
            s += (1 - self.rho1) * (g - s)
            r += (1 - self.rho2) * (g * g - r)
            root = r / (1 - self.rho2**self.t)
            np.power(root, 0.5, out=root, dtype=np.longdouble, casting="same_kind")
            root += self.eps
            np.divide(s, root, out=root)
            root *= alpha
            w -= root
            del root
