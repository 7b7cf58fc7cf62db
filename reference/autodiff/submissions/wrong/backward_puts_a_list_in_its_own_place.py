"""Backward puts a list in the place of its own method.

caught by: check_backward_refuses_what_makes_no_sense
message: second backward: TypeError is raised
appended to: tensor.py
not recognised: the name of an exception says too little
"""

_honest = Tensor.backward


def _backward(self, seed=None):
    _honest(self, seed)
    self.backward = toposort(self)


Tensor.backward = _backward
