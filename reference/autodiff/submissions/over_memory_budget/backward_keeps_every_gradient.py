"""Every gradient that a leaf has had is kept.

caught by: check_backward_frees_the_tape
message: used
appended to: tensor.py
"""

_forgetful = Tensor.backward


def _backward(self, seed=None):
    leaves = [tensor for tensor in toposort(self) if tensor.pull is None]
    _forgetful(self, seed)
    for leaf in leaves:
        leaf.history = [*getattr(leaf, "history", []), leaf.grad]


Tensor.backward = _backward
