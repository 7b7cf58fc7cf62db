"""Parameters that shrink become new arrays, and the caller keeps the old ones.

caught by: check_adamw_steps_follow_a_plain_loop
message: this does not hold: step changes the very arrays of the caller
"""


class AdamW(AdamW):
    def step(self, params, grads):
        for i, shrinks in enumerate(self.decayed):
            if shrinks:
                params[i] = params[i] * (1 - self.alpha * self.weight_decay)
        Adam.step(self, params, grads)
