"""RMSProp first makes every parameter contiguous, which copies a transposed view.

caught by: check_adagrad_and_rmsprop_in_other_settings
message: a transposed view, after five steps in float64 is off
"""


class RMSProp(RMSProp):
    def step(self, params, grads):
        super().step([np.ascontiguousarray(w) for w in params], grads)
