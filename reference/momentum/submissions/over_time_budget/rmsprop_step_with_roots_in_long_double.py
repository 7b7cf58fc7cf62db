"""The roots of RMSProp are powers in extended precision, a buffer at a time.

caught by: check_adagrad_and_rmsprop_steps_are_vectorised
message: x yardstick
"""


class RMSProp(RMSProp):
    def step(self, params, grads):
        for w, s, g in zip(params, self.squares, grads, strict=True):
            s += (1 - self.rho) * (g * g - s)
            root = s.copy()
            np.power(root, 0.5, out=root, dtype=np.longdouble, casting="same_kind")
            root += self.eps
            np.divide(g, root, out=root)
            root *= self.alpha
            w -= root
            del root
