"""RMSProp keeps an array for temporaries for each parameter.

caught by: check_adagrad_and_rmsprop_are_lean
message: the budget is
"""


class RMSProp(RMSProp):
    def __init__(self, params, *args, **options):
        super().__init__(params, *args, **options)
        self.buffers = [np.empty_like(w) for w in params]
