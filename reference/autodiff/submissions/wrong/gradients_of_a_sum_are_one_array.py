"""Both terms of a sum are given one array as gradient.

caught by: check_gradients_are_arrays_of_their_own
message: share memory
appended to: tensor.py
not recognised: its numbers are right; the message says what is shared
"""

from operations import Add, unbroadcast


class _Sum(Add):
    def vjp(self, i, g, y, *xs):
        return unbroadcast(g, np.shape(xs[i]))


def _backward(self, seed=None):
    tape = toposort(self)
    for leaf, g in gradients(self, seed).items():
        leaf.grad = g if leaf.grad is None else leaf.grad + g
    for tensor in tape:
        if tensor.pull is not None:
            tensor.parents, tensor.pull = (), spent


Tensor.backward = _backward
Tensor.__add__ = lambda self, other: apply(_Sum(), self, other)
