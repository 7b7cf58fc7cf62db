"""RMSProp first makes every parameter contiguous, which copies a transposed view.

caught by: check_rmsprop_steps_change_params_in_place
message: a transposed view, after 3 steps is off
"""


class RMSProp(RMSProp):
    def step(self, params, grads):
        super().step([np.ascontiguousarray(w) for w in params], grads)
