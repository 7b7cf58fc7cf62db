"""A third array is kept, for temporaries.

caught by: check_adam_allocates_two_arrays_of_state
message: the budget is
"""


class Adam(Adam):
    def __init__(self, params, *args, **options):
        super().__init__(params, *args, **options)
        self.buffers = [np.empty_like(w) for w in params]
