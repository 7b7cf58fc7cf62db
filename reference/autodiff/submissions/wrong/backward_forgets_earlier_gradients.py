"""A second backward replaces the gradients of the first.

caught by: check_gradients_add_up_until_zero_grad
message: the gradient after two
appended to: tensor.py
"""

_adding = Tensor.backward


def _backward(self, seed=None):
    for tensor in toposort(self):
        tensor.grad = None
    _adding(self, seed)


Tensor.backward = _backward
