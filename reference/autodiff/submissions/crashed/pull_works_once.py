"""The pull of a vjp frees the tape, so it works once.

caught by: check_pull_multiplies_by_the_transposed_jacobian
message: RuntimeError
appended to: tensor.py
"""


def vjp(f, x):
    leaf = Tensor(x, requires_grad=True)
    y = lifted(f(leaf))

    def pull(u):
        leaf.zero_grad()
        y.backward(u)
        return leaf.grad

    return y.data, pull
