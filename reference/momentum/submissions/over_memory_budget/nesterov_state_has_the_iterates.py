"""Nesterov keeps the iterates beside the velocities.

caught by: check_nesterov_is_lean
message: the budget is
"""


class Nesterov(Nesterov):
    def __init__(self, params, *args, **options):
        super().__init__(params, *args, **options)
        self.iterates = [w.copy() for w in params]
