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
        ### BEGIN SOLUTION part 3.1: J t of a reshape
        return t.reshape(shape)
        ### END SOLUTION

    def vjp(self, i: int, g: Any, y: Any, x: Any, shape: Shape) -> Any:
        ### BEGIN SOLUTION part 2.3: J^T g of a reshape
        return g.reshape(np.shape(x))
        ### END SOLUTION


class Transpose(Operation):
    """y = x with its axes in another order: axis k of y is axis axes[k] of x"""

    def value(self, x: Any, axes: tuple[int, ...]) -> Any:
        return x.transpose(axes)

    def jvp(self, i: int, t: Any, y: Any, x: Any, axes: tuple[int, ...]) -> Any:
        ### BEGIN SOLUTION part 3.1: J t of a transpose
        return t.transpose(axes)
        ### END SOLUTION

    def vjp(self, i: int, g: Any, y: Any, x: Any, axes: tuple[int, ...]) -> Any:
        ### BEGIN SOLUTION part 2.3: J^T g of a transpose
        return g.transpose(tuple(np.argsort(axes)))  # the inverse permutation
        ### END SOLUTION


class GetItem(Operation):
    """y = x[index], where an index array may name an entry several times"""

    def value(self, x: Any, index: Any) -> Any:
        return x[index]

    def jvp(self, i: int, t: Any, y: Any, x: Any, index: Any) -> Any:
        ### BEGIN SOLUTION part 3.1: J t of a selection
        return t[index]
        ### END SOLUTION

    def vjp(self, i: int, g: Any, y: Any, x: Any, index: Any) -> Any:
        ### BEGIN SOLUTION part 2.3: J^T g of a selection
        return apply(Scatter(), g, index=index, shape=np.shape(x))
        ### END SOLUTION


class Scatter(Operation):
    """y[index] += x, beginning with y = 0: the transpose of GetItem"""

    def value(self, x: Any, index: Any, shape: Shape) -> Any:
        ### BEGIN SOLUTION part 2.3: adding up what is scattered
        y = np.zeros(shape, np.asarray(x).dtype)
        np.add.at(y, index, x)  # y[index] += x would keep one of several
        return y
        ### END SOLUTION

    def jvp(self, i: int, t: Any, y: Any, x: Any, index: Any, shape: Shape) -> Any:
        return apply(self, t, index=index, shape=shape)

    def vjp(self, i: int, g: Any, y: Any, x: Any, index: Any, shape: Shape) -> Any:
        return g[index]


class Sum(Operation):
    """y = the sums of x over one axis, several, or all (None)"""

    def value(self, x: Any, axis: Axis, keepdims: bool) -> Any:
        return x.sum(axis=axis, keepdims=keepdims)

    def jvp(self, i: int, t: Any, y: Any, x: Any, axis: Axis, keepdims: bool) -> Any:
        ### BEGIN SOLUTION part 3.1: J t of a sum
        return t.sum(axis=axis, keepdims=keepdims)
        ### END SOLUTION

    def vjp(self, i: int, g: Any, y: Any, x: Any, axis: Axis, keepdims: bool) -> Any:
        ### BEGIN SOLUTION part 2.3: J^T g of a sum
        return broadcast(g.reshape(kept(np.shape(x), axis)), np.shape(x))
        ### END SOLUTION


class Max(Operation):
    """y = the largest entries of x over one axis, several, or all; equal ones share the gradient"""

    def value(self, x: Any, axis: Axis, keepdims: bool) -> Any:
        return x.max(axis=axis, keepdims=keepdims)

    def jvp(self, i: int, t: Any, y: Any, x: Any, axis: Axis, keepdims: bool) -> Any:
        ### BEGIN SOLUTION part 3.1: J t of a maximum
        return (t * shares(y, x, axis)).sum(axis=axis, keepdims=keepdims)
        ### END SOLUTION

    def vjp(self, i: int, g: Any, y: Any, x: Any, axis: Axis, keepdims: bool) -> Any:
        ### BEGIN SOLUTION part 2.3: J^T g of a maximum
        return g.reshape(kept(np.shape(x), axis)) * shares(y, x, axis)
        ### END SOLUTION


def kept(shape: Shape, axis: Axis) -> Shape:
    """The shape after a reduction over `axis` with keepdims=True."""
    ### BEGIN SOLUTION part 2.3: the shape after a reduction
    reduced = range(len(shape)) if axis is None else np.atleast_1d(axis) % len(shape)
    return tuple(1 if k in reduced else n for k, n in enumerate(shape))
    ### END SOLUTION


### BEGIN SOLUTION
def shares(y: Any, x: Any, axis: Axis) -> Any:
    """What part each entry of x has in the maximum: 1/m for m equal ones, otherwise 0."""
    x = plain(x)
    largest = x == plain(y).reshape(kept(x.shape, axis))
    return largest / largest.sum(axis=axis, keepdims=True, dtype=x.dtype)


### END SOLUTION


# Part 2.4: the matrix product
class Matmul(Operation):
    """y = a @ b, for matrices and stacks of them: at least two axes each"""

    def value(self, a: Any, b: Any) -> Any:
        return a @ b

    def jvp(self, i: int, t: Any, y: Any, a: Any, b: Any) -> Any:
        ### BEGIN SOLUTION part 3.1: J_i t of a product
        return t @ b if i == 0 else a @ t
        ### END SOLUTION

    def vjp(self, i: int, g: Any, y: Any, a: Any, b: Any) -> Any:
        ### BEGIN SOLUTION part 2.4: J_i^T g of a product
        product = g @ turned(b) if i == 0 else turned(a) @ g
        return unbroadcast(product, np.shape((a, b)[i]))
        ### END SOLUTION


### BEGIN SOLUTION
def turned(x: Any) -> Any:
    """x with its last two axes exchanged."""
    axes = range(x.ndim)
    return x.transpose((*axes[:-2], axes[-1], axes[-2]))


### END SOLUTION
