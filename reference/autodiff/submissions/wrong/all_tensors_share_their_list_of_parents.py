"""All Tensors share one list of parents, a default argument.

caught by: check_operations_are_recorded
message: requires_grad, parents, no grad of a leaf
appended to: tensor.py
"""


def _init(self, data, requires_grad=False, parents=[]):  # noqa: B006
    self.data = floating(data)
    self.requires_grad, self.grad, self.parents, self.pull = requires_grad, None, parents, None


def recorded(y, parents, pull):
    result = Tensor(y)
    if parents and _recording.get():
        result.parents.extend(parents)
        result.requires_grad, result.pull = True, pull
    return result


Tensor.__init__ = _init
