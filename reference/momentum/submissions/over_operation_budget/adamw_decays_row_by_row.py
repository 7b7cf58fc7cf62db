"""Adam's step is one of whole arrays, and the decay goes row by row.

caught by: check_adamw_costs_what_adam_costs
message: interpreter steps
"""


class AdamW(AdamW):
    def step(self, params, grads):
        for w, shrinks in zip(params, self.decayed, strict=True):
            for row in range(len(w) if shrinks else 0):
                w[row] *= 1 - self.alpha * self.weight_decay
        Adam.step(self, params, grads)
