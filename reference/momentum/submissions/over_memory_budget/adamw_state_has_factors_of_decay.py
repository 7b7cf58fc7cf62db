"""AdamW keeps an array of factors for each parameter.

caught by: check_adamw_costs_what_adam_costs
message: the budget is
"""


class AdamW(AdamW):
    def __init__(self, params, *args, **options):
        super().__init__(params, *args, **options)
        self.factors = [np.full_like(w, s) for w, s in zip(params, self.decayed, strict=True)]
