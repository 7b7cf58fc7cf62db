"""A checkpoint of arrays is a Tensor.

caught by: check_checkpoint_of_constants_runs_once
message: raised TypeError
"""


def checkpoint(fn, *xs):
    kept = [without_past(x) for x in xs]
    with no_grad():
        y = lifted(fn(*xs))
    wanted = [i for i, x in enumerate(xs) if getattr(x, "requires_grad", False)]

    def pull(g):
        inputs = [without_past(x) for x in kept]
        with recording(True):
            again = fn(*inputs)
        return gradients_of(again, [inputs[i] for i in wanted], g)

    return recorded(y.data, [xs[i] for i in wanted], pull)


def lifted(y):
    return y if isinstance(y, Tensor) else Tensor(y)
