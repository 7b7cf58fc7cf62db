"""All optimisers of the class Nesterov share one list of velocities.

caught by: check_nesterov_steps_change_params_in_place
message: one of two optimisers whose steps alternate
"""

SHARED = []


class Nesterov(Nesterov):
    def __init__(self, params, *args, **options):
        super().__init__(params, *args, **options)
        if [s.shape for s in SHARED] != [w.shape for w in params]:
            SHARED[:] = self.velocities
        for s in SHARED:
            s[...] = 0.0
        self.velocities = SHARED
