"""A checkpoint runs the block with its tape.

caught by: check_checkpoint_changes_no_value_and_no_gradient
message: how often the block ran
"""


def checkpoint(fn, *xs):
    return fn(*xs)
