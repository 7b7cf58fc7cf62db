"""What each operation computes, and its derivatives.

An operation y = op(x_0, x_1, ...) has one Jacobian J_i for each input: the matrix of the
derivatives of every entry of y with respect to every entry of x_i. It is never computed as a
whole, because it has size(y) * size(x_i) entries. Two products with it are enough:

    jvp(i, t, ...) = J_i t      how y changes when x_i changes by t        (forward mode)
    vjp(i, g, ...) = J_i^T g    how g . y changes with the entries of x_i  (reverse mode)

Both are functions of y, of the inputs and of the operation's settings, such as an axis. Rules are
written with the operators of their arguments alone, so that they work for arrays and for `Dual`s.

Ref: Griewank and Walther, "Evaluating Derivatives", 2008, chapter 3.
"""

from typing import Any

import numpy as np

Shape = tuple[int, ...]


def apply(op: "Operation", *inputs: Any, **settings: Any) -> Any:
    """Carry out an operation on numbers, arrays, Tensors and Duals, in any mixture.

    The outermost kind decides what is done beside it; numbers and arrays are the innermost.
    """
    outermost = max(inputs, key=lambda x: getattr(x, "level", 0))
    if hasattr(outermost, "perform"):
        return outermost.perform(op, inputs, settings)
    return op.value(*inputs, **settings)


def plain(x: Any) -> Any:
    """The number or array inside Tensors and Duals: what a comparison needs to know."""
    while hasattr(x, "inside"):
        x = x.inside
    return x


class Operation:
    """What an operation computes, and the products with its Jacobians."""

    def value(self, *xs: Any) -> Any:
        """Compute y from arrays."""
        raise NotImplementedError

    def jvp(self, i: int, t: Any, y: Any, *xs: Any) -> Any:
        """Multiply J_i by t, an array of x_i's shape; the product has y's, or broadcasts to it."""
        raise NotImplementedError

    def vjp(self, i: int, g: Any, y: Any, *xs: Any) -> Any:
        """Multiply J_i^T by g, an array of y's shape; the product has x_i's shape."""
        raise NotImplementedError


# Part 2.2: broadcasting
def unbroadcast(g: Any, shape: Shape) -> Any:
    """Sum g over the axes along which an array of this shape was broadcast to g's shape.

    The transpose of broadcasting: what was copied has the sum of its copies' gradients.
    Broadcasting adds axes in front, and stretches axes of length 1.
    result[j] = sum of g[i] over all i that entry j was copied to
    g : an array whose shape `shape` broadcasts to. Returns an array of that shape.
    Cost: at most size(g) additions; none, and no new array, if g has that shape already.
    Ref: Harris et al., "Array programming with NumPy", Nature 2020, on broadcasting.
    """
    if np.shape(g) == shape:
        return g
    raise NotImplementedError("part 2.2: the transpose of broadcasting")


# Part 2.1: entry by entry
class Entrywise(Operation):
    """An operation entry by entry, after broadcasting.

    Its Jacobians are diagonal. The entries on the diagonal, the slopes, are all there is of them,
    and both products with them are products of arrays.
    """

    def slope(self, i: int, y: Any, *xs: Any) -> Any:
        """The derivative of each entry of y with respect to the entry of x_i it is made of.

        An array, or a number, that broadcasts to y's shape, made of y and the inputs by operators.
        """
        raise NotImplementedError

    def vjp(self, i: int, g: Any, y: Any, *xs: Any, **settings: Any) -> Any:
        return unbroadcast(g * self.slope(i, y, *xs, **settings), np.shape(xs[i]))

    def jvp(self, i: int, t: Any, y: Any, *xs: Any, **settings: Any) -> Any:
        raise NotImplementedError("part 3.1: J_i t of a diagonal Jacobian")


class Add(Entrywise):
    """y = a + b"""

    def value(self, a: Any, b: Any) -> Any:
        return a + b

    def slope(self, i: int, y: Any, a: Any, b: Any) -> Any:
        return 1


class Multiply(Entrywise):
    """y = a b"""

    def value(self, a: Any, b: Any) -> Any:
        return a * b

    def slope(self, i: int, y: Any, a: Any, b: Any) -> Any:
        return (b, a)[i]


class Subtract(Entrywise):
    """y = a - b"""

    def value(self, a: Any, b: Any) -> Any:
        return a - b

    def slope(self, i: int, y: Any, a: Any, b: Any) -> Any:
        raise NotImplementedError("part 2.1: the slopes of a - b")


class Divide(Entrywise):
    """y = a / b"""

    def value(self, a: Any, b: Any) -> Any:
        return a / b

    def slope(self, i: int, y: Any, a: Any, b: Any) -> Any:
        raise NotImplementedError("part 2.1: the slopes of a / b")


class Negative(Entrywise):
    """y = -x"""

    def value(self, x: Any) -> Any:
        return -x

    def slope(self, i: int, y: Any, x: Any) -> Any:
        raise NotImplementedError("part 2.1: the slope of -x")


class Power(Entrywise):
    """y = x ** exponent, for an exponent that is a number other than 0"""

    def value(self, x: Any, exponent: float) -> Any:
        return x**exponent

    def slope(self, i: int, y: Any, x: Any, exponent: float) -> Any:
        raise NotImplementedError("part 2.1: the slope of a power")


class Exp(Entrywise):
    """y = exp x"""

    def value(self, x: Any) -> Any:
        return np.exp(x)

    def slope(self, i: int, y: Any, x: Any) -> Any:
        raise NotImplementedError("part 2.1: the slope of exp x")


class Log(Entrywise):
    """y = log x"""

    def value(self, x: Any) -> Any:
        return np.log(x)

    def slope(self, i: int, y: Any, x: Any) -> Any:
        raise NotImplementedError("part 2.1: the slope of log x")


class Tanh(Entrywise):
    """y = tanh x"""

    def value(self, x: Any) -> Any:
        return np.tanh(x)

    def slope(self, i: int, y: Any, x: Any) -> Any:
        raise NotImplementedError("part 2.1: the slope of tanh x")


class ReLU(Entrywise):
    """y = max(x, 0), whose slope at 0 is taken to be 0"""

    def value(self, x: Any) -> Any:
        return np.maximum(x, 0)

    def slope(self, i: int, y: Any, x: Any) -> Any:
        raise NotImplementedError("part 2.1: the slope of relu x")
