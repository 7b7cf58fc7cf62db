"""What Tensors and Duals have in common: operators and methods, named as numpy's.

Each is one operation, or made of a few. A function written with them runs on both kinds.
"""

from typing import Any

import numpy as np
from linear import Axis, GetItem, Matmul, Max, Reshape, Sum, Transpose
from operations import (
    Add,
    Divide,
    Exp,
    Log,
    Multiply,
    Negative,
    Power,
    ReLU,
    Subtract,
    Tanh,
    apply,
)


class Traced:
    """A value around another one, which an operation sees as a number or an array."""

    __array_ufunc__ = None  # array + traced is left to traced.__radd__
    inside: Any  # what it is made around: an array, or for a Tensor also a Dual

    shape = property(lambda self: np.shape(self.inside))
    ndim = property(lambda self: len(self.shape))
    size = property(lambda self: int(np.prod(self.shape)))
    T = property(lambda self: self.transpose())

    def __add__(self, other: Any) -> Any:
        return apply(Add(), self, other)

    def __radd__(self, other: Any) -> Any:
        return apply(Add(), other, self)

    def __sub__(self, other: Any) -> Any:
        return apply(Subtract(), self, other)

    def __rsub__(self, other: Any) -> Any:
        return apply(Subtract(), other, self)

    def __mul__(self, other: Any) -> Any:
        return apply(Multiply(), self, other)

    def __rmul__(self, other: Any) -> Any:
        return apply(Multiply(), other, self)

    def __truediv__(self, other: Any) -> Any:
        return apply(Divide(), self, other)

    def __rtruediv__(self, other: Any) -> Any:
        return apply(Divide(), other, self)

    def __matmul__(self, other: Any) -> Any:
        return apply(Matmul(), self, other)

    def __rmatmul__(self, other: Any) -> Any:
        return apply(Matmul(), other, self)

    def __neg__(self) -> Any:
        return apply(Negative(), self)

    def __pow__(self, exponent: float) -> Any:
        return apply(Power(), self, exponent=exponent)

    def __getitem__(self, index: Any) -> Any:
        return apply(GetItem(), self, index=index)

    def exp(self) -> Any:
        return apply(Exp(), self)

    def log(self) -> Any:
        return apply(Log(), self)

    def tanh(self) -> Any:
        return apply(Tanh(), self)

    def relu(self) -> Any:
        return apply(ReLU(), self)

    def sum(self, axis: Axis = None, keepdims: bool = False) -> Any:
        return apply(Sum(), self, axis=axis, keepdims=keepdims)

    def max(self, axis: Axis = None, keepdims: bool = False) -> Any:
        return apply(Max(), self, axis=axis, keepdims=keepdims)

    def mean(self, axis: Axis = None, keepdims: bool = False) -> Any:
        raise NotImplementedError("part 2.3: the mean")

    def reshape(self, *shape: Any) -> Any:
        """As numpy's: reshape(2, 3), reshape((2, 3)), and -1 for the length that is left over."""
        whole = np.broadcast_to(0, self.shape).reshape(*shape).shape  # without -1; takes no memory
        return apply(Reshape(), self, shape=whole)

    def transpose(self, axes: tuple[int, ...] | None = None) -> Any:
        """Without axes in reverse order."""
        order = range(self.ndim)[::-1] if axes is None else (k % self.ndim for k in axes)
        return apply(Transpose(), self, axes=tuple(order))
