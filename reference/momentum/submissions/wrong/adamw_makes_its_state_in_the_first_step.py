"""AdamW makes its state in the first step.

caught by: check_adamw_costs_what_adam_costs
message: () allocates for 240 000 of parameters is
not recognised: the number of bytes is that of an empty constructor, whatever is made later
"""


class AdamW(AdamW):
    def __init__(self, params, *args, **options):
        super().__init__([], *args, **options)

    def step(self, params, grads):
        if not self.means:
            self.means = [np.zeros_like(w) for w in params]
            self.squares = [np.zeros_like(w) for w in params]
            self.decayed = self.decayed or [True] * len(params)
        super().step(params, grads)
