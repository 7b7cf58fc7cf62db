"""Reverse mode: a Tensor remembers how it was made, and sends gradients back along that way.

Every operation on Tensors makes a new one that knows its parents and how to multiply by the
transposed Jacobians. Together they are the tape: a graph without cycles, from the result back to
the inputs. `backward` visits it in reverse topological order, so that each Tensor has the gradients
of all its uses, added up, before it passes the sum on: one visit each, for any number of paths.

Ref: Linnainmaa 1976; Griewank and Walther 2008, chapters 3 and 4.
"""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from contextvars import ContextVar
from math import inf
from typing import Any

import numpy as np
from operations import Operation, apply, plain
from traced import Traced

Array = np.ndarray
Pull = Callable[[Any], Sequence[Any]]  # the gradient of a result -> one for each of its parents

_recording = ContextVar("recording", default=True)


class Tensor(Traced):
    """An array that can be differentiated with respect to.

    data : the array; numbers and lists become arrays, integers become float64
    requires_grad : whether gradients with respect to it are wanted. It is also true for every
        Tensor that is made of such Tensors while recording.
    grad : None, or the gradients of all `backward` calls so far, added up: an array of data's shape
        and dtype, of its own. Only for Tensors that were made with requires_grad=True, the leaves.
    parents : the Tensors it was made of, as far as they require gradients
    For y made of x_0, x_1, ... the gradient of each x_i grows by J_i^T g, g the gradient of y.
    Cost: until `backward` the tape grows with the number of operations, in arrays and in Tensors.
    Ref: Griewank and Walther 2008, chapter 4, on what limits reverse mode.
    """

    level = inf  # a Tensor may hold a Dual, never the reverse

    def __init__(self, data: Any, requires_grad: bool = False) -> None:
        self.data = floating(data)
        self.requires_grad = requires_grad
        self.grad: Array | None = None
        self.parents: tuple[Tensor, ...] = ()
        self.pull: Pull | None = None  # None: a leaf, or a constant

    inside = property(lambda self: self.data)

    @staticmethod
    def perform(op: Operation, inputs: Sequence[Any], settings: dict[str, Any]) -> "Tensor":
        """Carry out an operation on the data, and record it."""
        raise NotImplementedError("part 1.2: recording an operation")

    def backward(self, seed: Any = None) -> None:
        """Add the gradient of the sum of the entries of seed * self to the `grad` of each leaf.

        seed : an array of self's shape, the upstream gradient; 1 unless given, for a single entry
        Afterwards the tape is freed: self and all Tensors that it was made of have no parents any
        more, and hold only their data. Raises ValueError for a missing seed if self has several
        entries, and for a seed of another shape; RuntimeError if self requires no gradient, or if
        the tape of a Tensor on the way is freed already.
        The grad of leaf x grows by J^T seed, J the Jacobian of self with respect to x.
        Cost: each Tensor is visited once, and one vjp for each of its parents. Where all inputs
        require gradients, that is twice the products of matrices of the forward pass.
        Ref: Linnainmaa 1976; Griewank and Walther 2008, chapter 3.
        """
        raise NotImplementedError("part 1.3: backward")

    def zero_grad(self) -> None:
        """Forget the gradients: `grad` is None again."""
        raise NotImplementedError("part 1.3: zero_grad")


# Part 1: the tape
def recorded(y: Any, parents: Sequence[Tensor], pull: Pull) -> Tensor:
    """Make the Tensor of y, which was made of `parents`; without them if nothing is recorded."""
    result = Tensor(y)
    raise NotImplementedError("part 1.2: recording an operation")
    return result


@contextlib.contextmanager
def recording(on: bool) -> Iterator[None]:
    """Within the `with` block operations are recorded, or not; afterwards as before."""
    raise NotImplementedError("part 1.2: switching the recording on and off")


def no_grad() -> contextlib.AbstractContextManager[None]:
    """`with no_grad():` what is computed within requires no gradient and has no parents."""
    return recording(False)


def toposort(root: Tensor) -> list[Tensor]:
    """List root and all Tensors it was made of, each once, parents before what is made of them.

    So root comes last. Without recursion: a chain of 100 000 operations is no problem.
    Cost: O(Tensors + uses), in time and in memory.
    Ref: Kahn, "Topological sorting of large networks", Communications of the ACM 1962.
    """
    raise NotImplementedError("part 1.1: topological order")


def gradients(root: Tensor, seed: Any = None) -> dict[Tensor, Any]:
    """Compute the gradient of sum(seed * root) with respect to each leaf that root depends on.

    seed : as in `backward`, which raises what this raises. No Tensor is changed.
    """
    raise NotImplementedError("part 1.3: the reverse sweep")


def floating(data: Any) -> Any:
    """data as Tensors and Duals hold it: an array of float32 or float64, or one of these two."""
    if isinstance(data, Traced):
        return data
    array = np.asarray(data)
    return array if array.dtype in (np.float32, np.float64) else array.astype(np.float64)


def lifted(y: Any) -> Tensor:
    """y as a Tensor: functions may return a number."""
    return y if isinstance(y, Tensor) else Tensor(y)


def gradients_of(y: Tensor, leaves: Sequence[Tensor], seed: Any = None) -> list[Any]:
    """The gradients with respect to these leaves, 0 where y does not depend on one."""
    found = gradients(y, seed) if y.requires_grad else {}
    return [found[x] if x in found else np.zeros(x.shape, plain(x).dtype) for x in leaves]


# Part 1.4: derivatives of functions
def value_and_grad(f: Callable[..., Any], argnums: int | tuple[int, ...] = 0) -> Callable[..., Any]:
    """Make the function that returns f(*args) and its gradient, from one call of f.

    f : makes a scalar of its arguments, with the operators and methods of Tensors
    argnums : which arguments to differentiate with respect to; f gets these as Tensors
    The made function takes arrays (or numbers), and returns the pair of the value, an array of
    shape (), and the gradient: an array of the argument's shape, or for a tuple of argnums a tuple
    of such arrays. What f does not depend on has zeros. No `grad` of any Tensor changes.
    entry j of gradient k = d f(args) / d args[k][j]
    Cost: at most three times the products of matrices that f takes alone, for any number of
    entries; and the memory of all that f computes on its way.
    Ref: Baur and Strassen, "The complexity of partial derivatives", Theoretical Computer Science
    1983; Griewank and Walther 2008, chapter 4.
    """
    raise NotImplementedError("part 1.4: value and gradient")


def grad(f: Callable[..., Any], argnums: int | tuple[int, ...] = 0) -> Callable[..., Any]:
    """Make the function that returns the gradient of f alone; all else as in `value_and_grad`.

    So are its shapes, its cost and its Ref: one call of f, and the value is thrown away.
    """
    raise NotImplementedError("part 1.4: the gradient of a function")


def vjp(f: Callable[[Any], Any], x: Any) -> tuple[Any, Callable[[Any], Any]]:
    """Compute y = f(x), and make the function pull(u) = J^T u, J the Jacobian of f at x.

    f : makes an array of any shape of one argument
    Returns (y, pull), y an array. u has y's shape, pull(u) has x's; pull may be called again and
    again, and f is not called for it.
    Cost: one call of f; each pull takes at most twice the products of matrices of that call. The
    tape lives as long as pull does.
    Ref: Griewank and Walther 2008, chapter 3, on the reverse propagation of gradients.
    """
    raise NotImplementedError("part 1.4: vjp")
