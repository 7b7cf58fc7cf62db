"""RMSProp puts new arrays into the list, and the caller keeps the old ones.

caught by: check_rmsprop_steps_follow_a_plain_loop
message: this does not hold: step changes the very arrays of the caller
"""


class RMSProp(RMSProp):
    def step(self, params, grads):
        for i, (s, g) in enumerate(zip(self.squares, grads, strict=True)):
            s += (1 - self.rho) * (g * g - s)
            params[i] = params[i] - self.alpha * g / (np.sqrt(s) + self.eps)
