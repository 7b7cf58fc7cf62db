"""AdamW uses the arrays of the gradients for the decay, once Adam's step is done.

caught by: check_adamw_steps_change_params_in_place
message: this does not hold: step leaves the gradients as they are
"""


class AdamW(AdamW):
    def step(self, params, grads):
        before = [w.copy() for w in params]
        Adam.step(self, params, grads)
        for w, old, g, shrinks in zip(params, before, grads, self.decayed, strict=True):
            np.multiply(old, self.alpha * self.weight_decay * shrinks, out=g)
            w -= g
