"""Of a large parameter Adam moves every second row only.

caught by: check_adam_step_needs_two_temporary_arrays, check_adam_step_is_vectorised
message: Adam: params[0] after 3 steps with the same gradients is off
not recognised: only values of measured calls are wrong, which leave no trace
"""


class Adam(Adam):
    def step(self, params, grads):
        every = [2 if w.size > 2000 else 1 for w in params]
        means, squares = self.means, self.squares
        self.means = [s[::k] for s, k in zip(means, every, strict=True)]
        self.squares = [r[::k] for r, k in zip(squares, every, strict=True)]
        params = [w[::k] for w, k in zip(params, every, strict=True)]
        super().step(params, [g[::k] for g, k in zip(grads, every, strict=True)])
        self.means, self.squares = means, squares
