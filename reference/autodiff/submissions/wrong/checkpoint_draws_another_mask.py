"""The second run of a checkpoint draws from the generator where the first one left it.

caught by: check_checkpoint_draws_the_same_mask_again
message: the mask of the second run
"""


def without_past(x):
    return Tensor(x.data, x.requires_grad) if isinstance(x, Tensor) else x
