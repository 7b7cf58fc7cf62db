"""Of a large parameter only the first hundred rows move.

caught by: check_momentum_step_needs_two_temporary_arrays, check_momentum_step_is_vectorised
message: SGDMomentum: params[0] after 3 steps with the same gradients is off
not recognised: only values of measured calls are wrong, which leave no trace
"""


class SGDMomentum(SGDMomentum):
    def step(self, params, grads):
        for w, v, g in zip(params, self.velocities, grads, strict=True):
            rows = slice(50) if w.size > 2000 else slice(None)
            v[rows] *= self.beta
            v[rows] -= self.alpha * g[rows]
            w[rows] += v[rows]
