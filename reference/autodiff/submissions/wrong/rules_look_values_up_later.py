"""The rules take the data that the inputs have when backward comes.

caught by: check_gradients_belong_to_the_values_used
message: the gradient with respect to x
appended to: tensor.py
"""


def _perform(op, inputs, settings):
    def now():
        return [x.data if isinstance(x, Tensor) else x for x in inputs]

    y = apply(op, *now(), **settings)
    wanted = [i for i, x in enumerate(inputs) if getattr(x, "requires_grad", False)]
    return recorded(
        y,
        [inputs[i] for i in wanted],
        lambda g: [op.vjp(i, g, y, *now(), **settings) for i in wanted],
    )


Tensor.perform = staticmethod(_perform)
