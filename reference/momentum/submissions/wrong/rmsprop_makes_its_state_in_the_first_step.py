"""RMSProp makes its state in the first step.

caught by: check_adagrad_and_rmsprop_are_lean
message: () allocates for 240 000 of parameters is
not recognised: the number of bytes is that of an empty constructor, whatever is made later
"""


class RMSProp(RMSProp):
    def __init__(self, params, *args, **options):
        super().__init__([], *args, **options)

    def step(self, params, grads):
        if not self.squares:
            self.squares = [np.zeros_like(w) for w in params]
        super().step(params, grads)
