"""The function is called once for the value and once for the gradient.

caught by: check_gradients_of_functions
message: the number of calls of f
appended to: tensor.py
"""

_once = value_and_grad


def value_and_grad(f, argnums=0):
    def both(*args):
        return lifted(f(*map(Tensor, args))).data, _once(f, argnums)(*args)[1]

    return both


def grad(f, argnums=0):
    return lambda *args: _once(f, argnums)(*args)[1]
