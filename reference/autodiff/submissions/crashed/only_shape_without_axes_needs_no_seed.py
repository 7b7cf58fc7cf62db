"""A result of shape (1,) or (1, 1) is refused without a seed.

caught by: check_gradients_of_the_worked_example
message: raised ValueError
appended to: tensor.py
"""

_lenient = Tensor.backward


def _backward(self, seed=None):
    if seed is None and self.ndim:
        raise ValueError("backward needs a seed for an array")
    _lenient(self, seed)


Tensor.backward = _backward
