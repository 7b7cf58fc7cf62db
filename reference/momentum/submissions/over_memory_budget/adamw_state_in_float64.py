"""The squares of AdamW are float64, whatever the parameters are.

caught by: check_adamw_costs_what_adam_costs
message: the budget is
"""


class AdamW(AdamW):
    def __init__(self, params, *args, **options):
        super().__init__(params, *args, **options)
        self.squares = [np.zeros(w.shape) for w in params]
