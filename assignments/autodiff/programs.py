"""What the checks run beside your code, in the process that runs your code.

`student` is your module. These functions use it as the lab does, and return plain values: arrays,
numbers, lists. An expression (data.py) is carried out with your operators and methods.
"""

import contextlib
import gc
import operator
import warnings
import weakref
from collections.abc import Callable, Sequence
from functools import reduce
from types import ModuleType
from typing import Any

import numpy as np

Nodes = Sequence[tuple[str, Sequence[int], dict[str, Any]]]


def _carry_out(inputs: Sequence[Any], nodes: Nodes) -> list[Any]:
    """The values of all operations, in their order."""
    values = list(inputs)
    for op, numbers, settings in nodes:
        first, *others = (values[i] for i in numbers)
        function = getattr(operator, op, None) or getattr(type(first), op)
        values.append(function(first, *others, *settings.values()))
    return values[len(inputs) :]


def _leaves(student: ModuleType, arrays: Sequence[Any]) -> list[Any]:
    return [student.Tensor(array, requires_grad=True) for array in arrays]


# Reverse mode
def values_and_gradients(
    student: ModuleType, leaves: Sequence[Any], constants: Sequence[Any], nodes: Nodes, seed: Any
) -> tuple[Any, list[Any]]:
    """The result of an expression, and what backward(seed) leaves in `grad` of the leaves."""
    tensors = _leaves(student, leaves)
    result = _carry_out([*tensors, *constants], nodes)[-1]
    value = np.array(result.data)
    result.backward(seed)
    return value, [tensor.grad for tensor in tensors]


def many_gradients(
    student: ModuleType, expressions: Sequence[tuple[Any, ...]]
) -> list[tuple[Any, list[Any]]]:
    """The same for many expressions (leaves, constants, nodes, seed)."""
    return [values_and_gradients(student, *expression) for expression in expressions]


def order_of(student: ModuleType, leaves: int, nodes: Nodes) -> list[int]:
    """toposort of the last node: the numbers of its Tensors, -1 for one that is none of them."""
    inputs = _leaves(student, [0.0] * leaves)
    tensors = [*inputs, *_carry_out(inputs, nodes)]
    numbers = {id(tensor): i for i, tensor in enumerate(tensors)}
    return [numbers.get(id(tensor), -1) for tensor in student.toposort(tensors[-1])]


def recorded_facts(student: ModuleType, a: Any, b: Any) -> dict[str, Any]:
    """What Tensors know of themselves: made of leaves, of constants, and within no_grad."""
    x, y, constant = *_leaves(student, [a, b]), student.Tensor(b)
    product, doubled, fixed = x * y, x * 2.0, constant * constant
    return {
        "data": product.data,
        "leaf": (x.requires_grad, len(x.parents), x.grad is None),
        "product": product.requires_grad,
        "its parents": [p is x or (p is y and 2) for p in product.parents],
        "parents beside a number": [p is x for p in doubled.parents],
        "made of constants": (fixed.requires_grad, len(fixed.parents)),
    }


def recorded_within_no_grad(student: ModuleType, a: Any) -> list[bool]:
    """Whether x * x requires a gradient: before, within, within and inside another, after, after
    an exception within."""
    (x,) = _leaves(student, [a])
    seen = [(x * x).requires_grad]
    with student.no_grad():
        made = x * x
        seen.append(made.requires_grad or bool(made.parents))
        with student.no_grad():
            pass
        seen.append((x * x).requires_grad)
    seen.append((x * x).requires_grad)
    with contextlib.suppress(KeyError), student.no_grad():
        raise KeyError
    seen.append((x * x).requires_grad)
    return seen


def diamonds(student: ModuleType, x: Any, depth: int) -> tuple[Any, Any]:
    """Value and gradient of x -> x + x, `depth` times: 2 ** depth ways from the result to x."""
    (leaf,) = _leaves(student, [x])
    y = reduce(lambda y, _: y + y, range(depth), leaf)
    y.backward(np.ones_like(x))
    return y.data, leaf.grad


def long_chain(student: ModuleType, x: Any, depth: int) -> tuple[int, Any]:
    """Length of toposort, and gradient, of x -> x * 1 + 1e-3, `depth` times."""
    (leaf,) = _leaves(student, [x])
    y = reduce(lambda y, _: y * 1.0 + 1e-3, range(depth), leaf)
    length = len(student.toposort(y))
    y.backward(np.ones_like(x))
    return length, leaf.grad


def sorted_chain(student: ModuleType, depth: int) -> int:
    """Length of toposort of a chain in which every Tensor is used twice."""
    (leaf,) = _leaves(student, [np.ones(1)])
    y = reduce(lambda y, _: y + y, range(depth), leaf)
    return len(student.toposort(y))


def two_backwards(student: ModuleType, a: Any, b: Any) -> dict[str, Any]:
    """Gradients after a first backward, a second one of another result, and zero_grad."""
    x, y = _leaves(student, [a, b])
    ones = np.ones_like(np.asarray(a))
    (x * y).backward(ones)
    first = np.array(x.grad)
    (x * x).backward(ones)
    both, untouched = np.array(x.grad), np.array(y.grad)
    x.zero_grad()
    forgotten = x.grad is None
    (x * y).backward(ones)
    return {
        "first": first,
        "both": both,
        "untouched": untouched,
        "forgotten": forgotten,
        "after zero_grad": np.array(x.grad),
    }


def shared_memory(student: ModuleType, a: Any) -> list[str]:
    """Which gradients of x + y, and which inputs, share memory."""
    seed = np.ones_like(np.asarray(a))
    x, y = _leaves(student, [a, a.copy()])
    (x + y).backward(seed)
    arrays = {"x.grad": x.grad, "y.grad": y.grad, "the seed": seed, "x.data": x.data}
    names = list(arrays)
    pairs = [(p, q) for i, p in enumerate(names) for q in names[i + 1 :]]
    return [f"{p} and {q}" for p, q in pairs if np.shares_memory(arrays[p], arrays[q])]


def raised_by(student: ModuleType, case: str) -> str:
    """The name of the exception that a wrong use of backward raises, "" for none."""
    (x,) = _leaves(student, [np.array([1.0, 2.0, 3.0])])
    y = x * x
    uses = {
        "no seed": lambda: y.backward(),
        "seed of another shape": lambda: y.backward(np.ones((3, 1))),
        "no gradient required": lambda: (student.Tensor([1.0]) * 2.0).backward(),
        "second backward": lambda: (y.backward(np.ones(3)), y.backward(np.ones(3))),
        "part of a free tape": lambda: ((y * 2.0).backward(np.ones(3)), y.backward(np.ones(3))),
    }
    try:
        uses[case]()
    except Exception as error:  # whatever it is, the check wants its name
        return type(error).__name__
    return ""


def gradient_after_assignment(student: ModuleType, a: Any, b: Any) -> list[Any]:
    """Gradients of sum(x * y / x) when x.data and y.data are assigned anew before backward."""
    x, y = _leaves(student, [a, b])
    result = (x * x * y).sum()
    x.data, y.data = np.zeros_like(a), np.zeros_like(b)
    result.backward()
    return [x.grad, y.grad]


def alive(student: ModuleType, a: Any, after_backward: bool) -> int:
    """How many of 10 intermediate Tensors live on, without the garbage collector.

    After backward the result is still there; without backward it is dropped.
    """
    gc.collect()
    gc.disable()
    try:
        (x,) = _leaves(student, [a])
        y, watched = x, []
        for _ in range(10):
            y = y * y
            watched.append(weakref.ref(y))
        result = y.sum()
        del y
        if after_backward:
            result.backward()
        else:
            del result
        return sum(ref() is not None for ref in watched)
    finally:
        gc.enable()


def steps_of_descent(student: ModuleType, a: Any, steps: int) -> float:
    """Many gradients one after the other, without the garbage collector; the last loss."""
    gc.disable()
    try:
        (x,) = _leaves(student, [a])
        for _ in range(steps):
            loss = (x * x).sum()
            loss.backward()
            x.data = x.data - 0.1 * x.grad
            x.zero_grad()
        return float(loss.data)
    finally:
        gc.enable()


def chain_within_no_grad(student: ModuleType, a: Any, depth: int) -> Any:
    """The end of a chain x -> (x * 1.01).tanh() within no_grad."""
    (x,) = _leaves(student, [a])
    with student.no_grad():
        return reduce(lambda y, _: (y * 1.01).tanh(), range(depth), x).data


# Functions of functions
def _function(name: str) -> Callable[..., Any]:
    """A function of values, by name; the lab has more."""
    return {
        "two arrays": lambda x, y: (x * y * y).sum() + x.sum(),
        "the first only": lambda x, y: (x * x).sum(),
        "neither": lambda x, y: 3.0,
        "a constant": lambda x: 3.0,
        "rows": lambda x: (x * x).sum(axis=1),
        "smooth": lambda x: (x.tanh() * x).sum() + (x * x * x).mean(),
        "rational": lambda x: ((x * x).sum() + 1.0).log() / (x.exp().sum()),
        "straight": lambda x: (x * 3.0).sum(),
    }[name]


def _counted(f: Callable[..., Any], calls: list[int]) -> Callable[..., Any]:
    def counting(*args: Any) -> Any:
        calls[0] += 1
        return f(*args)

    return counting


def gradient_of(
    student: ModuleType, name: str, args: Sequence[Any], argnums: Any, with_value: bool
) -> tuple[Any, int]:
    """grad or value_and_grad of a function, and how often it called it."""
    calls = [0]
    make = student.value_and_grad if with_value else student.grad
    result = make(_counted(_function(name), calls), argnums)(*args)
    return result, calls[0]


def pulled_back(student: ModuleType, name: str, x: Any, us: Sequence[Any]) -> tuple[Any, Any, int]:
    """y and pull(u) for each u, from one vjp of a function, and how often it was called."""
    calls = [0]
    y, pull = student.vjp(_counted(_function(name), calls), x)
    return y, [pull(u) for u in us], calls[0]


# Forward mode
def values_and_tangents(
    student: ModuleType,
    leaves: Sequence[Any],
    constants: Sequence[Any],
    nodes: Nodes,
    directions: Sequence[Any],
) -> tuple[Any, Any]:
    """The result of an expression whose leaves are Duals: its value and its tangent."""
    duals = [student.Dual(x, v) for x, v in zip(leaves, directions, strict=True)]
    result = _carry_out([*duals, *constants], nodes)[-1]
    return result.value, result.tangent


def many_tangents(
    student: ModuleType, expressions: Sequence[tuple[Any, ...]]
) -> list[tuple[Any, Any]]:
    """The same for many expressions (leaves, constants, nodes, directions)."""
    return [values_and_tangents(student, *expression) for expression in expressions]


def pushed_forward(student: ModuleType, name: str, x: Any, v: Any) -> tuple[Any, Any, int]:
    """jvp of a function, and how often it called it."""
    calls = [0]
    y, tangent = student.jvp(_counted(_function(name), calls), x, v)
    return y, tangent, calls[0]


def nested_jvp(student: ModuleType, x: float, y: float) -> list[Any]:
    """At x, the derivatives of x -> x * d/dy (x + y) and of x -> x * d/dy (x * x * y * y)."""

    def derivative(f: Callable[[Any, Any], Any]) -> Any:
        outer = lambda x: x * student.jvp(lambda y: f(x, y), y, 1.0)[1]  # noqa: E731
        return student.jvp(outer, x, 1.0)[1]

    return [derivative(lambda x, y: x + y), derivative(lambda x, y: x * x * y * y)]


def jvp_of_a_chain(student: ModuleType, x: Any, v: Any, depth: int) -> Any:
    """The tangent at the end of a chain x -> (x * 1.01).tanh()."""
    return student.jvp(lambda x: reduce(lambda y, _: (y * 1.01).tanh(), range(depth), x), x, v)[1]


def hessian_products(student: ModuleType, name: str, x: Any, vs: Sequence[Any]) -> list[Any]:
    """hvp of a function for each direction."""
    return [student.hvp(_function(name), x, v) for v in vs]


def mlp_hessian_product(
    student: ModuleType, params: Sequence[Any], X: Any, labels: Any, v: Any
) -> Any:
    """hvp of the loss of a network with respect to its first matrix."""
    return student.hvp(lambda W: student.mlp_loss([W, *params[1:]], X, labels), params[0], v)


# The loss, checkpoints
def cross_entropy(
    student: ModuleType, logits: Any, labels: Any, v: Any, seed: float
) -> tuple[Any, Any, Any]:
    """The loss, its gradient for this seed, and its derivative along v, without any warning."""
    with warnings.catch_warnings(), np.errstate(over="raise", divide="raise", invalid="raise"):
        warnings.simplefilter("error")
        (x,) = _leaves(student, [logits])
        loss = student.softmax_cross_entropy(x, labels)
        loss.backward(np.asarray(seed, dtype=logits.dtype))
        tangent = student.jvp(lambda s: student.softmax_cross_entropy(s, labels), logits, v)[1]
    return loss.data, x.grad, tangent


def cross_entropy_gradient(student: ModuleType, logits: Any, labels: Any) -> Any:
    """The gradient of the loss with respect to the logits."""
    return student.grad(lambda s: student.softmax_cross_entropy(s, labels))(logits)


def _layer(h: Any, w: Any) -> Any:
    return (h * w).tanh()


def checkpointed(
    student: ModuleType, h: Any, ws: Sequence[Any], seed: Any, use_checkpoint: bool
) -> dict[str, Any]:
    """Value, gradients, and how often a block of layers ran: after the value, and in the end."""
    calls = [0]
    block = _counted(lambda h, *ws: reduce(_layer, ws, h), calls)
    inputs = _leaves(student, [h, *ws])
    y = student.checkpoint(block, *inputs) if use_checkpoint else block(*inputs)
    value, before = np.array(y.data), calls[0]
    (y * y).backward(seed)
    return {"value": value, "gradients": [x.grad for x in inputs], "calls": (before, calls[0])}


def checkpoint_of_constants(student: ModuleType, h: Any, w: Any) -> tuple[Any, bool, int]:
    """A checkpoint of which no input requires a gradient: value, requires_grad, calls."""
    calls = [0]
    y = student.checkpoint(_counted(_layer, calls), student.Tensor(h), student.Tensor(w))
    return y.data, bool(y.requires_grad), calls[0]


def dropout_in_a_checkpoint(student: ModuleType, h: Any, w: Any, seed: int) -> dict[str, Any]:
    """A layer with a random mask, drawn from a Generator that is an input of the checkpoint."""
    masks: list[Any] = []

    def dropout(h: Any, w: Any, rng: np.random.Generator) -> Any:
        masks.append((rng.uniform(size=np.shape(h.data)) < 0.5) / 0.5)
        return (h * w) * masks[-1]

    rng = np.random.default_rng(seed)
    x, factor = _leaves(student, [h, w])
    y = student.checkpoint(dropout, x, factor, rng)
    next_draw = rng.uniform()
    y.backward(np.ones_like(h))
    again = rng.uniform()
    return {"value": y.data, "gradient": x.grad, "masks": masks, "draws": (next_draw, again)}


def chain(
    student: ModuleType, x: Any, ws: Any, use_checkpoints: bool
) -> tuple[Any, Any, list[Any], tuple[int, int]]:
    """Value and gradients of a chain of layers; how often a layer ran before and after backward."""
    calls = [0]
    layer = _counted(_layer, calls)
    first, *factors = _leaves(student, [x, *ws])
    if use_checkpoints:
        y = student.checkpointed_chain(layer, first, factors)
    else:
        y = reduce(layer, factors, first)
    value, before = np.array(y.data), calls[0]
    y.backward(np.ones_like(value))
    return value, first.grad, [w.grad for w in factors], (before, calls[0])


def end_of_a_chain(student: ModuleType, x: Any, ws: Any, use_checkpoints: bool) -> Any:
    """The gradient alone, with respect to x, of the sum of a chain's end."""
    first, *factors = _leaves(student, [x, *ws])
    if use_checkpoints:
        y = student.checkpointed_chain(_layer, first, factors)
    else:
        y = reduce(_layer, factors, first)
    y.sum().backward()
    return first.grad


# The network
def logits(student: ModuleType, params: Sequence[Any], X: Any) -> Any:
    """The logits of a network, as an array."""
    return student.mlp([student.Tensor(p) for p in params], X).data


def loss_of_a_network(student: ModuleType, params: Sequence[Any], X: Any, labels: Any) -> Any:
    """The loss, with a tape and without backward."""
    return student.mlp_loss(_leaves(student, params), X, labels).data


def gradient_of_a_network(
    student: ModuleType, params: Sequence[Any], X: Any, labels: Any
) -> list[Any]:
    """The gradients of the loss with respect to all parameters."""
    tensors = _leaves(student, params)
    student.mlp_loss(tensors, X, labels).backward()
    return [tensor.grad for tensor in tensors]


def jvp_of_a_network(
    student: ModuleType, params: Sequence[Any], X: Any, labels: Any, v: Any
) -> Any:
    """The derivative of the loss along v, a direction of the first matrix."""
    return student.jvp(lambda W: student.mlp_loss([W, *params[1:]], X, labels), params[0], v)[1]


def train(
    student: ModuleType, params: Any, X: Any, labels: Any, settings: dict[str, Any]
) -> tuple[list[Any], list[float]]:
    """train_mlp with a Generator made of settings["seed"]."""
    options = {k: v for k, v in settings.items() if k != "seed"}
    return student.train_mlp(
        params, X, labels, **options, rng=np.random.default_rng(settings["seed"])
    )


def derivatives_within_no_grad(
    student: ModuleType, name: str, args: Sequence[Any], other: str
) -> tuple[Any, Any]:
    """grad of a function, and the pull of another one for u = 1, both made within no_grad."""
    with student.no_grad():
        y, pull = student.vjp(_function(other), args[0])
        return student.grad(_function(name))(*args), pull(np.ones_like(y))


def checkpoints_in_a_row(
    student: ModuleType, h: Any, w: Any, u: Any, use_checkpoints: bool
) -> list[Any]:
    """Gradients of a computation with three checkpoints, one within another."""
    inputs = _leaves(student, [h, w, u])
    call = student.checkpoint if use_checkpoints else (lambda fn, *xs: fn(*xs))

    def inner(h: Any, u: Any) -> Any:
        return (h * u).exp()

    def outer(h: Any, w: Any, u: Any) -> Any:
        return call(inner, (h @ w).tanh(), u) * u

    first = call(outer, *inputs)
    second = call(lambda a, b: (a + b).tanh(), first, inputs[0])
    (second * inputs[2] + first).sum().backward()
    return [x.grad for x in inputs]
