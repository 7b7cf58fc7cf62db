"""Forward mode: a Dual carries a value and how fast it changes, through every operation.

A Dual stands for value + tangent * epsilon with epsilon^2 = 0, as the first two terms of a Taylor
series do. Nothing is recorded: each tangent is computed together with its value, so memory does not
grow with the number of operations. One run gives one product J v; all columns of J take as many
runs as x has entries, where reverse mode takes one for each row.

Ref: Baydin, Pearlmutter, Radul, Siskind, "Automatic Differentiation in Machine Learning: a Survey",
JMLR 2018, section 3.1.
"""

import itertools
import operator
from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any

import numpy as np
from linear import broadcast
from operations import Operation, apply, plain
from tensor import Tensor, floating, grad
from traced import Traced

_levels = itertools.count(2)  # a number for each jvp: 1 is for Duals made by hand


class Dual(Traced):
    """A value and its tangent, an array of the same shape; integers become float64.

    level : which `jvp` it belongs to. Within one jvp another may run, with a direction of its own;
        then Duals of the outer one, of a lower level, are constants for the inner one.
    """

    def __init__(self, value: Any, tangent: Any, level: int = 1) -> None:
        self.value, self.tangent, self.level = floating(value), floating(tangent), level

    inside = property(lambda self: self.value)

    def perform(self, op: Operation, inputs: Sequence[Any], settings: dict[str, Any]) -> "Dual":
        """Carry out an operation on the values, and on the tangents to first order.

        y' = sum_i J_i x_i', over the inputs that are Duals of this level.
        """
        raise NotImplementedError("part 3.1: an operation on Duals")


def jvp(f: Callable[[Any], Any], x: Any, v: Any) -> tuple[Any, Any]:
    """Compute y = f(x) and the directional derivative J v, in one run of f, without a tape.

    f : makes an array of one argument, with the operators and methods of Duals
    x, v : arrays of the same shape, the point and the direction; neither is changed
    Returns (y, J v), two arrays of y's shape and dtype; J v is 0 if f does not depend on its
    argument. f itself may call jvp or grad: the directions are not confused. If x or v is a Tensor,
    or f makes, uses or returns some, the result is right or TypeError is raised, never a wrong 0.
    Cost: at most three times the products of matrices that f takes alone, and the memory of f alone
    twice. For all columns of J as many runs as x has entries.
    J v = d/ds f(x + s v) at s = 0
    Ref: Griewank and Walther 2008, chapter 3; on directions that are confused, Siskind and
    Pearlmutter, "Nesting forward-mode AD in a functional framework", 2008.
    """
    raise NotImplementedError("part 3.1: jvp")


def hvp(f: Callable[[Any], Any], x: Any, v: Any) -> Any:
    """Compute the product H v with the Hessian of a scalar function f at x, forward over reverse.

    H v is how the gradient changes along v: the derivative of grad(f) in the direction v.
    H v = d/ds grad(f)(x + s v) at s = 0
    x, v : arrays of the same shape. Returns an array of that shape.
    Cost: a small multiple of a gradient, whatever the number of entries; H is never made.
    Ref: Pearlmutter, "Fast Exact Multiplication by the Hessian", Neural Computation 1994.
    """
    raise NotImplementedError("part 3.2: hvp")
