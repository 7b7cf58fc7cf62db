"""Decay and step are one expression, with four arrays at once.

caught by: check_adamw_costs_what_adam_costs
message: the budget is
"""


class AdamW(AdamW):
    def step(self, params, grads):
        self.t += 1
        arrays = zip(params, self.means, self.squares, grads, self.decayed, strict=True)
        for w, s, r, g, shrinks in arrays:
            s += (1 - self.rho1) * (g - s)
            r += (1 - self.rho2) * (g * g - r)
            root = np.sqrt(r / (1 - self.rho2**self.t)) + self.eps
            moved = self.alpha * s / (1 - self.rho1**self.t) / root
            w[...] = w - self.alpha * self.weight_decay * shrinks * w - moved
