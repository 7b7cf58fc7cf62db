"""A checkpoint switches the recording on for itself, whatever was set around it.

caught by: check_checkpoint_of_constants_runs_once
message: of a checkpoint within no_grad
"""

_as_it_is_set = checkpoint


def checkpoint(fn, *xs):
    with recording(True):
        return _as_it_is_set(fn, *xs)
