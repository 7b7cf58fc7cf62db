"""What the checks run beside your code, in the process that runs your code: reverse mode.

`student` is your module. These functions use it as the lab does, and return plain values: arrays,
numbers, lists. An expression (data.py) is carried out with your operators and methods.
"""

import contextlib
import gc
import operator
import sys
import weakref
from collections.abc import Callable, Iterator, Sequence
from functools import reduce
from types import ModuleType
from typing import Any

import numpy as np

Arrays = Sequence[Any]
Nodes = Sequence[tuple[str, Sequence[int], dict[str, Any]]]
Function = Callable[..., Any]


def carry_out(inputs: Arrays, nodes: Nodes) -> list[Any]:
    """The values of all operations, in their order."""
    values = list(inputs)
    for op, numbers, settings in nodes:
        first, *others = (values[i] for i in numbers)
        function = getattr(operator, op, None) or getattr(type(first), op)
        values.append(function(first, *others, *settings.values()))
    return values[len(inputs) :]


def leaves(student: ModuleType, arrays: Arrays) -> list[Any]:
    """Tensors of these arrays that require gradients."""
    return [student.Tensor(array, requires_grad=True) for array in arrays]


@contextlib.contextmanager
def replaced(owner: Any, name: str, value: Any) -> Iterator[None]:
    """`owner.name` is `value` meanwhile."""
    own = vars(owner).get(name)
    setattr(owner, name, value)
    try:
        yield
    finally:
        if own is None:
            delattr(owner, name)
        else:
            setattr(owner, name, own)


def counted(f: Function, calls: list[int]) -> Function:
    """f, which adds its calls up in calls[0]."""

    def counting(*args: Any) -> Any:
        calls[0] += 1
        return f(*args)

    return counting


# Reverse mode
def gradients(student: ModuleType, expressions: Sequence[tuple[Any, ...]]) -> list[Any]:
    """Of each (leaves, constants, nodes, seed): the result, and `grad` of the leaves afterwards."""
    found = []
    for arrays, constants, nodes, seed in expressions:
        tensors = leaves(student, arrays)
        result = [*tensors, *carry_out([*tensors, *constants], nodes)][-1]
        result.backward(seed)
        found.append((result.data, [tensor.grad for tensor in tensors]))
    return found


def order_of(student: ModuleType, count: int, nodes: Nodes) -> Any:
    """toposort of the last node: the numbers of its Tensors, -1 for one that is none of them.

    Of a value that is not a list, only its type is returned.
    """
    inputs = leaves(student, [0.0] * count)
    tensors = [*inputs, *carry_out(inputs, nodes)]
    numbers = {id(tensor): i for i, tensor in enumerate(tensors)}
    order = student.toposort(tensors[-1])
    if not isinstance(order, list):
        return type(order).__name__
    return [numbers.get(id(tensor), -1) for tensor in order]


def chain_of_diamonds(student: ModuleType, x: Any, depth: int, backward: bool) -> Any:
    """x -> (x + x) / 2, `depth` times: the length of toposort; or the gradient.

    Recursion ends at Python's own limit here, which the code cannot raise.
    """
    (leaf,) = leaves(student, [x])
    y = reduce(lambda y, _: (y + y) * 0.5, range(depth), leaf)
    sys.setrecursionlimit(1000)
    with replaced(sys, "setrecursionlimit", lambda limit: None):
        if not backward:
            return len(student.toposort(y))
        y.backward(np.ones_like(x))
        return leaf.grad


def recorded_facts(student: ModuleType, a: Any, b: Any) -> dict[str, Any]:
    """What Tensors record about themselves: made of leaves, of a number, of constants."""
    x, y, constant = *leaves(student, [a, b]), student.Tensor(b)
    product, doubled, fixed = x * y, x * 2.0, constant * constant
    return {
        "data": product.data,
        "leaf": (x.requires_grad, len(x.parents), x.grad is None),
        "product": product.requires_grad,
        "its parents": sorted(1 * (p is x) + 2 * (p is y) for p in product.parents),
        "parents beside a number": [p is x for p in doubled.parents],
        "made of constants": (fixed.requires_grad, len(fixed.parents)),
    }


def recorded_within_no_grad(student: ModuleType, a: Any) -> list[bool]:
    """Whether x * x is recorded: before; within; there after another block; after; after errors."""
    (x,) = leaves(student, [a])
    seen = [(x * x).requires_grad]
    with student.no_grad():
        seen.append((x * x).requires_grad or bool((x * x).parents))
        with student.no_grad():
            pass
        seen.append((x * x).requires_grad)
    seen.append((x * x).requires_grad)
    with contextlib.suppress(KeyError), student.no_grad():
        raise KeyError
    return [*seen, (x * x).requires_grad]


def two_backwards(student: ModuleType, a: Any, b: Any) -> dict[str, Any]:
    """Gradients after a first backward, a second one of another result, and zero_grad."""
    x, y = leaves(student, [a, b])
    ones = np.ones_like(a)
    (x * y).backward(ones)
    found = {"first": x.grad.copy()}
    (x * x).backward(ones)
    found |= {"both": x.grad.copy(), "untouched": y.grad.copy()}
    x.zero_grad()
    found["forgotten"] = x.grad is None
    (x * y).backward(ones)
    return {**found, "after zero_grad": x.grad}


def written_to(student: ModuleType, a: Any) -> dict[str, Any]:
    """Gradients of x + y and of z transposed, seeds and data, each filled with its own number.

    The first with 0, the next with 1: of two that share memory, both hold the second number. One
    that cannot be written to stays as it is.
    """
    x, y, z = leaves(student, [a.copy(), a.copy(), a.copy()])
    seed, turned = np.ones_like(a), np.ones_like(a.T)
    (x + y).backward(seed)
    z.transpose().backward(turned)
    arrays = {"x.grad": x.grad, "y.grad": y.grad, "the seed": seed, "x.data": x.data}
    arrays |= {"z.grad": z.grad, "the seed of z.transpose()": turned}
    for number, array in enumerate(arrays.values()):
        with contextlib.suppress(ValueError):
            array.setflags(write=True)
            array[...] = number
    return arrays


def raised_by(student: ModuleType, case: str) -> str:
    """The name of the exception that a wrong use of backward raises, "" for none."""
    (x,) = leaves(student, [np.array([1.0, 2.0, 3.0])])
    y, seed = x * x, np.ones(3)
    uses: dict[str, Function] = {
        "no seed": lambda: y.backward(),
        "seed of another shape": lambda: y.backward(np.ones((3, 1))),
        "no gradient required": lambda: (student.Tensor([1.0]) * 2.0).backward(),
        "second backward": lambda: (y.backward(seed), y.backward(seed)),
        "part of a free tape": lambda: ((y * 2.0).backward(seed), y.backward(seed)),
    }
    try:
        uses[case]()
    except Exception as error:  # whatever it is, the check wants its name
        return type(error).__name__
    return ""


def gradient_after_assignment(student: ModuleType, a: Any, b: Any) -> list[Any]:
    """Gradients of sum(x * x * y) when x.data and y.data are assigned anew before backward."""
    x, y = leaves(student, [a, b])
    result = (x * x * y).sum()
    x.data, y.data = np.zeros_like(a), np.zeros_like(b)
    result.backward()
    return [x.grad, y.grad]


@contextlib.contextmanager
def without_collector() -> Any:
    """Within the block no garbage is collected, but by counting references."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def alive(student: ModuleType, a: Any, after_backward: bool) -> int:
    """How many of 10 Tensors on the way are still alive, without the garbage collector.

    After backward the result is still there; otherwise it is dropped.
    """
    with without_collector():
        (x,) = leaves(student, [a])
        y, watched = x, []
        for _ in range(10):
            y = y * y
            watched.append(weakref.ref(y))
        result = y * y
        del y
        if after_backward:
            result.backward(np.ones_like(a))
        else:
            del result
        return sum(ref() is not None for ref in watched)


def steps_of_descent(student: ModuleType, a: Any, steps: int) -> float:
    """Many gradients one after the other, without the garbage collector; the last value."""
    with without_collector():
        (x,) = leaves(student, [a])
        for _ in range(steps):
            energy = (x * x).sum()
            energy.backward()
            x.data = x.data - 0.1 * x.grad
            x.zero_grad()
        return float(energy.data)


def long_chain(x: Any, depth: int) -> Any:
    """x -> (x * 1.01).tanh(), `depth` times."""
    return reduce(lambda y, _: (y * 1.01).tanh(), range(depth), x)


def chain_within_no_grad(student: ModuleType, a: Any, depth: int) -> Any:
    """The end of a chain x -> (x * 1.01).tanh() within no_grad."""
    with student.no_grad():
        return long_chain(*leaves(student, [a]), depth).data
