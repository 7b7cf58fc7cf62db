"""Every input of an operation gets its gradient, also those that require none.

caught by: check_a_gradient_costs_few_products
message: operations in products
appended to: tensor.py
"""


class Tensor(Tensor):
    @staticmethod
    def perform(op, inputs, settings):
        xs = [x.data if isinstance(x, Tensor) else x for x in inputs]
        y = apply(op, *xs, **settings)
        wanted = [i for i, x in enumerate(inputs) if getattr(x, "requires_grad", False)]

        def pull(g):
            every = [op.vjp(i, g, y, *xs, **settings) for i in range(len(xs))]
            return [every[i] for i in wanted]

        return recorded(y, [inputs[i] for i in wanted], pull)
