"""Adam uses the alpha of its constructor for good.

caught by: check_adam_follows_a_changing_alpha
message: each with another alpha, is off
"""


class Adam(Adam):
    def __init__(self, params, alpha, *args, **options):
        super().__init__(params, alpha, *args, **options)
        self.first = alpha

    def step(self, params, grads):
        self.alpha = self.first
        super().step(params, grads)
