"""Operations that move, select, add and multiply entries: their rules are maps of whole arrays.

All but `Max` and `Matmul` are linear, y = J x. Then jvp does to t what `value` does to x, and vjp
is the transposed map: it brings every entry of g back to the entries of x that it was made of.
`Matmul` is linear in each of its two inputs, and `Max` where it selects.
"""

from typing import Any

import numpy as np
from operations import Operation, Shape, apply, plain, unbroadcast

Axis = int | tuple[int, ...] | None


class Broadcast(Operation):
    """y = x broadcast to a shape"""

    def value(self, x: Any, shape: Shape) -> Any:
        return np.broadcast_to(x, shape)

    def jvp(self, i: int, t: Any, y: Any, x: Any, shape: Shape) -> Any:
        return broadcast(t, shape)

    def vjp(self, i: int, g: Any, y: Any, x: Any, shape: Shape) -> Any:
        return unbroadcast(g, np.shape(x))


def broadcast(x: Any, shape: Shape) -> Any:
    """x broadcast to a shape, be it an array, a Tensor or a Dual."""
    return x if np.shape(x) == shape else apply(Broadcast(), x, shape=shape)


# Part 2.3: moving, selecting and adding entries
class Reshape(Operation):
    """y = the entries of x, in their order, in another shape"""

    def value(self, x: Any, shape: Shape) -> Any:
        return x.reshape(shape)

    def jvp(self, i: int, t: Any, y: Any, x: Any, shape: Shape) -> Any:
        raise NotImplementedError("part 3.1: J t of a reshape")

    def vjp(self, i: int, g: Any, y: Any, x: Any, shape: Shape) -> Any:
        raise NotImplementedError("part 2.3: J^T g of a reshape")


class Transpose(Operation):
    """y = x with its axes in another order: axis k of y is axis axes[k] of x"""

    def value(self, x: Any, axes: tuple[int, ...]) -> Any:
        return x.transpose(axes)

    def jvp(self, i: int, t: Any, y: Any, x: Any, axes: tuple[int, ...]) -> Any:
        raise NotImplementedError("part 3.1: J t of a transpose")

    def vjp(self, i: int, g: Any, y: Any, x: Any, axes: tuple[int, ...]) -> Any:
        raise NotImplementedError("part 2.3: J^T g of a transpose")


class GetItem(Operation):
    """y = x[index], where an index array may name an entry several times"""

    def value(self, x: Any, index: Any) -> Any:
        return x[index]

    def jvp(self, i: int, t: Any, y: Any, x: Any, index: Any) -> Any:
        raise NotImplementedError("part 3.1: J t of a selection")

    def vjp(self, i: int, g: Any, y: Any, x: Any, index: Any) -> Any:
        raise NotImplementedError("part 2.3: J^T g of a selection")


class Scatter(Operation):
    """y[index] += x, beginning with y = 0: the transpose of GetItem"""

    def value(self, x: Any, index: Any, shape: Shape) -> Any:
        raise NotImplementedError("part 2.3: adding up what is scattered")

    def jvp(self, i: int, t: Any, y: Any, x: Any, index: Any, shape: Shape) -> Any:
        return apply(self, t, index=index, shape=shape)

    def vjp(self, i: int, g: Any, y: Any, x: Any, index: Any, shape: Shape) -> Any:
        return g[index]


class Sum(Operation):
    """y = the sums of x over one axis, several, or all (None)"""

    def value(self, x: Any, axis: Axis, keepdims: bool) -> Any:
        return x.sum(axis=axis, keepdims=keepdims)

    def jvp(self, i: int, t: Any, y: Any, x: Any, axis: Axis, keepdims: bool) -> Any:
        raise NotImplementedError("part 3.1: J t of a sum")

    def vjp(self, i: int, g: Any, y: Any, x: Any, axis: Axis, keepdims: bool) -> Any:
        raise NotImplementedError("part 2.3: J^T g of a sum")


class Max(Operation):
    """y = the largest entries of x over one axis, several, or all; equal ones share the gradient"""

    def value(self, x: Any, axis: Axis, keepdims: bool) -> Any:
        return x.max(axis=axis, keepdims=keepdims)

    def jvp(self, i: int, t: Any, y: Any, x: Any, axis: Axis, keepdims: bool) -> Any:
        raise NotImplementedError("part 3.1: J t of a maximum")

    def vjp(self, i: int, g: Any, y: Any, x: Any, axis: Axis, keepdims: bool) -> Any:
        raise NotImplementedError("part 2.3: J^T g of a maximum")


def kept(shape: Shape, axis: Axis) -> Shape:
    """The shape after a reduction over `axis` with keepdims=True."""
    raise NotImplementedError("part 2.3: the shape after a reduction")


# Part 2.4: the matrix product
class Matmul(Operation):
    """y = a @ b, for matrices and stacks of them: at least two axes each"""

    def value(self, a: Any, b: Any) -> Any:
        return a @ b

    def jvp(self, i: int, t: Any, y: Any, a: Any, b: Any) -> Any:
        raise NotImplementedError("part 3.1: J_i t of a product")

    def vjp(self, i: int, g: Any, y: Any, a: Any, b: Any) -> Any:
        raise NotImplementedError("part 2.4: J_i^T g of a product")
