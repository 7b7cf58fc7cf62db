"""One leaf stands for an input that is given twice, and each place gets the gradient of both.

caught by: check_checkpoint_changes_no_value_and_no_gradient
message: the gradient of checkpoint(f, x, x)
"""


def checkpoint(fn, *xs):
    kept = {id(x): without_past(x) for x in xs}
    with no_grad():
        y = fn(*xs)
    wanted = [x for x in xs if getattr(x, "requires_grad", False)]
    places = [id(x) for x in xs]
    names = [id(x) for x in wanted]

    def pull(g):
        again = {name: without_past(x) for name, x in kept.items()}
        with recording(True):
            result = fn(*[again[place] for place in places])
        return gradients_of(result, [again[name] for name in names], g)

    return recorded(y.data, wanted, pull) if isinstance(y, Tensor) else y
