"""The decay is added to the gradient, as an L2 term would be.

caught by: check_adamw_shrinks_without_a_gradient, check_adamw_steps_follow_a_plain_loop
message: after three steps is off
"""


class AdamW(AdamW):
    def step(self, params, grads):
        pairs = list(zip(params, grads, self.decayed, strict=True))
        grads = [g + self.weight_decay * w if shrinks else g for w, g, shrinks in pairs]
        Adam.step(self, params, grads)
