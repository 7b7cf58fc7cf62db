"""The rules of an operation all belong to its last input: a function made in a loop.

caught by: check_gradients_of_the_worked_example
message: the gradient with respect to x0
appended to: tensor.py
"""


def _perform(op, inputs, settings):
    xs = [x.data if isinstance(x, Tensor) else x for x in inputs]
    y = apply(op, *xs, **settings)
    wanted = [i for i, x in enumerate(inputs) if getattr(x, "requires_grad", False)]
    rules = []
    for i in wanted:
        rules.append(lambda g: op.vjp(i, g, y, *xs, **settings))  # noqa: B023
    return recorded(y, [inputs[i] for i in wanted], lambda g: [rule(g) for rule in rules])


Tensor.perform = staticmethod(_perform)
