"""RMSProp's averages are a function that numpy calls for every row.

caught by: check_adagrad_and_rmsprop_steps_are_vectorised
message: interpreter steps
"""


class RMSProp(RMSProp):
    def step(self, params, grads):
        def average(rows):
            old, slopes = np.split(rows, 2)
            return self.rho * old + (1 - self.rho) * slopes * slopes

        for w, s, g in zip(params, self.squares, grads, strict=True):
            columns = g.shape[-1] if g.ndim > 1 else 1
            both = [array.reshape(-1, columns) for array in (s, g)]
            new = np.apply_along_axis(average, 1, np.concatenate(both, axis=1))
            s[...] = new.reshape(s.shape)
            w -= self.alpha * g / (np.sqrt(s) + self.eps)
