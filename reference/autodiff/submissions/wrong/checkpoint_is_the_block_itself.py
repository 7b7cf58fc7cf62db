"""A checkpoint runs the block with its tape.

caught by: check_checkpoint_changes_no_value_and_no_gradient
message: how often the block ran
not recognised: its values are right; the message says what it does
"""


def checkpoint(fn, *xs):
    return fn(*xs)
