"""All optimisers of the class RMSProp share one list of squares.

caught by: check_rmsprop_steps_change_params_in_place
message: one of two optimisers whose steps alternate
"""

SHARED = []


class RMSProp(RMSProp):
    def __init__(self, params, *args, **options):
        super().__init__(params, *args, **options)
        if [s.shape for s in SHARED] != [w.shape for w in params]:
            SHARED[:] = self.squares
        for s in SHARED:
            s[...] = 0.0
        self.squares = SHARED
