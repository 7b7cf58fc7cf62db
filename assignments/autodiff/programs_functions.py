"""What the checks run beside your code, continued: derivatives of functions, forward mode."""

import contextlib
from collections.abc import Sequence
from functools import partial
from types import ModuleType
from typing import Any

import numpy as np
from programs import Arrays, Function, carry_out, counted, gradients, long_chain

_FUNCTIONS: dict[str, Function] = {
    "two arrays": lambda x, y: (x * y * y).sum() + x.sum(),
    "the first only": lambda x, y: (x * x).sum(),
    "neither": lambda x, y: 3.0,
    "a constant": lambda x: 3.0,
    "rows": lambda x: (x * x).sum(axis=1),
    "smooth": lambda x: (x.tanh() * x).sum() + (x * x * x).mean(),
    "rational": lambda x: ((x * x).sum() + 1.0).log() / (x.exp().sum()),
    "straight": lambda x: (x * 3.0).sum(),
    "selected": lambda x: (
        (x.max(axis=1) ** 3).sum()
        + (x[:, np.array([0, 2, 2])] ** 3).sum()
        + (x.transpose().reshape(-1) ** 3).sum()
    ),
}


def gradient_of(
    student: ModuleType, name: str, args: Arrays, argnums: Any, make: str, recording: bool = True
) -> tuple[Any, int]:
    """grad or value_and_grad (`make`) of a function, and how often it called it."""
    calls = [0]
    with contextlib.nullcontext() if recording else student.no_grad():
        made = getattr(student, make)(counted(_FUNCTIONS[name], calls), argnums)
        return made(*args), calls[0]


def pulled_back(student: ModuleType, name: str, x: Any, us: Arrays) -> tuple[Any, Any, int]:
    """y and pull(u) for each u, from one vjp of a function, and how often it was called."""
    calls = [0]
    y, pull = student.vjp(counted(_FUNCTIONS[name], calls), x)
    return y, [pull(u) for u in us], calls[0]


def pushed_forward(student: ModuleType, name: str, x: Any, v: Any) -> tuple[Any, Any, int]:
    """jvp of a function, and how often it called it."""
    calls = [0]
    y, tangent = student.jvp(counted(_FUNCTIONS[name], calls), x, v)
    return y, tangent, calls[0]


def tangents(student: ModuleType, expressions: Sequence[tuple[Any, ...]]) -> list[Any]:
    """Of each (leaves, constants, nodes, directions), with Duals as leaves: value and tangent."""
    found = []
    for arrays, constants, nodes, directions in expressions:
        duals = [student.Dual(x, v) for x, v in zip(arrays, directions, strict=True)]
        result = carry_out([*duals, *constants], nodes)[-1]
        found.append((result.value, result.tangent))
    return found


def arguments_afterwards(
    student: ModuleType, expressions: Sequence[tuple[Any, ...]], use_duals: bool = False
) -> list[Any]:
    """`gradients` or `tangents` of arrays that may be written to: the arrays afterwards."""
    found = []
    for arrays, constants, nodes, beside in expressions:
        given = [np.array(x) for x in arrays]
        others = [np.array(v) for v in beside] if use_duals else np.array(beside)
        (tangents if use_duals else gradients)(student, [(given, constants, nodes, others)])
        found.append((given, others))
    return found


def nested_jvp(student: ModuleType, x: float, y: float) -> list[Any]:
    """At x, the derivatives of x -> x * d/dy (x + y) and of x -> x * d/dy (x * x * y * y)."""

    def outer(x: Any, f: Function) -> Any:
        return x * student.jvp(partial(f, x), y, 1.0)[1]

    functions: list[Function] = [lambda x, y: x + y, lambda x, y: x * x * y * y]
    return [student.jvp(partial(outer, f=f), x, 1.0)[1] for f in functions]


def jvp_of_another(student: ModuleType, w: Any, x: Any, v: Any) -> tuple[Any, Any]:
    """jvp at x, along v, of a function that is w everywhere."""
    y, tangent = student.jvp(lambda _: w, x, v)
    return y, tangent


def jvp_beside_a_jvp(student: ModuleType, x: Any, v: Any) -> tuple[Any, Any]:
    """jvp of x -> y + dy/dz for y = x x, in which z has no part."""

    def outer(x: Any) -> Any:
        y, slope = student.jvp(lambda _: x * x, 1.0, 1.0)
        return y + slope

    value, tangent = student.jvp(outer, x, v)
    return value, tangent


def jvp_with_tensors(student: ModuleType, x: Any, v: Any, w: Any) -> dict[str, Any]:
    """Value and tangent of x -> x x w where Tensors take part, and of two gradients; or TypeError.

    Tensors and Duals are taken off the results.
    """
    Tensor = student.Tensor
    weights, parameter = Tensor(w), Tensor(w, requires_grad=True)
    inner = partial(student.jvp, lambda z: z * z * z, v=np.ones_like(x))
    pairs: dict[str, Function] = {
        "a Tensor for x": lambda: student.jvp(lambda z: z * z * w, Tensor(x), v),
        "Tensors for x and v": lambda: student.jvp(lambda z: z * z * w, Tensor(x), Tensor(v)),
        "an argument made a Tensor": lambda: student.jvp(lambda z: Tensor(z) * z * w, x, v),
        "a factor that is a Tensor": lambda: student.jvp(lambda z: z * z * weights, x, v),
        "a factor with gradient": lambda: student.jvp(lambda z: z * parameter * z, x, v),
        "a Tensor returned": lambda: student.jvp(lambda z: Tensor(z * z * w), x, v),
        "a gradient": lambda: student.jvp(student.grad(lambda z: (z * weights * z).sum()), x, v),
        "a jvp within an hvp": lambda: student.jvp(student.grad(lambda z: inner(z)[1].sum()), x, v),
        "a gradient around": lambda: student.value_and_grad(
            lambda w: student.jvp(lambda z: z * z * w, x, v)[1].sum()
        )(w),
    }
    return {case: _bare_or_refused(student, pair) for case, pair in pairs.items()}


def _bare_or_refused(student: ModuleType, pair: Function) -> Any:
    """The two results as arrays, or the name TypeError."""
    try:
        y, tangent = pair()
    except TypeError as error:
        return type(error).__name__
    return _bare(student, y), _bare(student, tangent)


def _bare(student: ModuleType, x: Any) -> Any:
    while isinstance(x, student.Tensor | student.Dual):
        x = x.data if isinstance(x, student.Tensor) else x.value
    return x


def jvp_of_a_chain(student: ModuleType, x: Any, v: Any, depth: int) -> Any:
    """The tangent at the end of a chain x -> (x * 1.01).tanh()."""
    return student.jvp(lambda x: long_chain(x, depth), x, v)[1]


def hessian_products(student: ModuleType, name: str, x: Any, vs: Arrays) -> list[Any]:
    """hvp of a function for each direction."""
    return [student.hvp(_FUNCTIONS[name], x, v) for v in vs]
