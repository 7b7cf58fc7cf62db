"""The block of a checkpoint runs again for each of its inputs.

caught by: check_checkpoint_changes_no_value_and_no_gradient
message: how often the block ran
"""


def checkpoint(fn, *xs):
    with no_grad():
        y = fn(*xs)
    wanted = [i for i, x in enumerate(xs) if getattr(x, "requires_grad", False)]

    def pull(g):
        found = []
        for i in wanted:
            inputs = [without_past(x) for x in xs]
            found += gradients_of(fn(*inputs), [inputs[i]], g)
        return found

    return recorded(y.data, [xs[i] for i in wanted], pull) if isinstance(y, Tensor) else y
