"""Without decayed, no parameter shrinks.

caught by: check_adamw_shrinks_without_a_gradient
message: after three steps is off
"""


class AdamW(AdamW):
    def __init__(self, params, *args, decayed=None, **options):
        decayed = [False] * len(params) if decayed is None else decayed
        super().__init__(params, *args, decayed=decayed, **options)

    def step(self, params, grads):
        super().step(params, grads)
