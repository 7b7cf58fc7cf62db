"""What the checks run beside your code, continued: the loss, checkpoints, the network."""

import operator
import warnings
import weakref
from functools import partial, reduce
from types import ModuleType
from typing import Any

import numpy as np
from programs import Arrays, counted, leaves


def cross_entropy(student: ModuleType, logits: Any, labels: Any, v: Any, seed: float) -> Any:
    """The loss, its gradient for this seed, and its derivative along v, without any warning."""
    with warnings.catch_warnings(), np.errstate(over="raise", divide="raise", invalid="raise"):
        warnings.simplefilter("error")
        (x,) = leaves(student, [logits])
        loss = student.softmax_cross_entropy(x, labels)
        loss.backward(np.asarray(seed, dtype=logits.dtype))
        _, tangent = student.jvp(lambda s: student.softmax_cross_entropy(s, labels), logits, v)
    return loss.data, x.grad, tangent


def cross_entropy_gradient(student: ModuleType, logits: Any, labels: Any) -> Any:
    """The gradient of the loss with respect to the logits."""
    return student.grad(lambda s: student.softmax_cross_entropy(s, labels))(logits)


def parents_of_the_loss(student: ModuleType, logits: Any, labels: Any) -> list[bool]:
    """Of each parent of the loss: is it the Tensor of the logits?"""
    (x,) = leaves(student, [logits])
    return [parent is x for parent in student.softmax_cross_entropy(x, labels).parents]


# Checkpoints
def _layer(h: Any, w: Any) -> Any:
    return (h * w).tanh()


def checkpointed(student: ModuleType, h: Any, ws: Arrays, seed: Any) -> dict[str, Any]:
    """Value, gradients of its square, and how often a checkpoint of layers ran: after the value,
    and in the end."""
    calls = [0]
    block = counted(lambda h, *ws: reduce(_layer, ws, h), calls)
    inputs = leaves(student, [h, *ws])
    y = student.checkpoint(block, *inputs)
    value, before = np.array(y.data), calls[0]
    (y * y).backward(seed)
    return {"value": value, "gradients": [x.grad for x in inputs], "calls": (before, calls[0])}


def checkpoint_of_constants(student: ModuleType, h: Any, w: Any) -> tuple[Any, bool, int]:
    """A checkpoint of which no input requires a gradient: value, requires_grad, runs."""
    calls = [0]
    y = student.checkpoint(counted(_layer, calls), student.Tensor(h), student.Tensor(w))
    return y.data, bool(y.requires_grad), calls[0]


def checkpoint_of_arrays(student: ModuleType, h: Any, w: Any, v: Any) -> tuple[Any, int, Any]:
    """A checkpoint of arrays alone, its runs, and the tangent of a checkpoint along v."""
    calls = [0]
    product = student.checkpoint(counted(operator.mul, calls), h, w)
    _, tangent = student.jvp(lambda h: student.checkpoint(_layer, h, w), h, v)
    return product, calls[0], tangent


def checkpoint_of_one_input_twice(student: ModuleType, h: Any, seed: Any) -> tuple[Any, Any]:
    """Value of a checkpoint of x x y where x and y are one Tensor, and its gradient."""
    (x,) = leaves(student, [h])
    y = student.checkpoint(lambda x, y: x * x * y, x, x)
    y.backward(seed)
    return y.data, x.grad


def checkpoint_within_no_grad(student: ModuleType, h: Any, w: Any) -> tuple[Any, bool, int]:
    """A checkpoint of leaves within no_grad: value, requires_grad, number of parents."""
    inputs = leaves(student, [h, w])
    with student.no_grad():
        y = student.checkpoint(_layer, *inputs)
    return y.data, bool(y.requires_grad), len(y.parents)


def dropout_in_a_checkpoint(student: ModuleType, h: Any, w: Any, seed: int) -> dict[str, Any]:
    """A layer with a random mask, drawn from a Generator that is an input of the checkpoint."""
    masks: list[Any] = []

    def dropout(h: Any, w: Any, rng: np.random.Generator) -> Any:
        masks.append((rng.uniform(size=np.shape(h.data)) < 0.5) / 0.5)
        return (h * w) * masks[-1]

    rng = np.random.default_rng(seed)
    x, factor = leaves(student, [h, w])
    y = student.checkpoint(dropout, x, factor, rng)
    after_value = rng.uniform()
    y.backward(np.ones_like(h))
    draws = after_value, rng.uniform()
    return {"value": y.data, "gradient": x.grad, "masks": masks, "draws": draws}


def checkpoints_in_a_row(student: ModuleType, h: Any, w: Any, u: Any) -> tuple[Any, list[Any]]:
    """Value and gradients of a computation with three checkpoints, one within another."""
    inputs = leaves(student, [h, w, u])
    call = student.checkpoint

    def outer(h: Any, w: Any, u: Any) -> Any:
        return call(lambda h, u: (h * u).exp(), (h @ w).tanh(), u) * u

    first = call(outer, *inputs)
    second = call(lambda a, b: (a + b).tanh(), first, inputs[0])
    result = (second * inputs[2] + first).sum()
    result.backward()
    return result.data, [x.grad for x in inputs]


def chain(student: ModuleType, x: Any, ws: Any) -> tuple[Any, Any, list[Any], tuple[int, int]]:
    """Value and gradients of a checkpointed chain; runs of a layer before and after backward."""
    calls = [0]
    first, *factors = leaves(student, [x, *ws])
    y = student.checkpointed_chain(counted(_layer, calls), first, factors)
    value, before = np.array(y.data), calls[0]
    y.backward(np.ones_like(value))
    return value, first.grad, [w.grad for w in factors], (before, calls[0])


def chain_of_many_layers(student: ModuleType, x: Any, ws: Any) -> tuple[Any, Any, int]:
    """The end of a checkpointed chain h -> h * w, its gradient by x, and the most results of layers
    that existed at once."""
    existing, most = [0], [0]

    def gone() -> None:
        existing[0] -= 1

    def layer(h: Any, w: Any) -> Any:
        result = h * w
        weakref.finalize(result.data, gone)
        existing[0] += 1
        most[0] = max(most[0], existing[0])
        return result

    first, *factors = leaves(student, [x, *ws])
    y = student.checkpointed_chain(layer, first, factors)
    value = y.data
    y.backward(np.ones_like(value))
    return value, first.grad, most[0]


def gradient_of_a_chain(student: ModuleType, x: Any, ws: Any, use_checkpoints: bool) -> Any:
    """The gradient with respect to x of the sum of a chain's end."""
    first, *factors = leaves(student, [x, *ws])
    run = student.checkpointed_chain if use_checkpoints else (lambda f, x, ws: reduce(f, ws, x))
    run(_layer, first, factors).sum().backward()
    return first.grad


def tangent_of_a_chain(student: ModuleType, x: Any, ws: Any, v: Any) -> Any:
    """How the end of a chain changes along v, by a Dual."""
    return student.jvp(lambda x: reduce(_layer, ws, x), x, v)[1]


def difference_of_a_chain(student: ModuleType, x: Any, ws: Any, v: Any) -> Any:
    """The same by a central difference: two runs, without a tape."""
    eps = 1e-6
    with student.no_grad():
        ends = [reduce(_layer, ws, student.Tensor(x + s * v)).data for s in (eps, -eps)]
    return (ends[0] - ends[1]) / (2 * eps)


# The network
def logits(student: ModuleType, params: Arrays, X: Any) -> Any:
    """The logits of a network, as an array."""
    return student.mlp([student.Tensor(p) for p in params], X).data


def loss_of_a_network(student: ModuleType, params: Arrays, X: Any, labels: Any) -> Any:
    """The loss, with a tape and without backward."""
    return student.mlp_loss(leaves(student, params), X, labels).data


def gradient_of_a_network(student: ModuleType, params: Arrays, X: Any, labels: Any) -> list[Any]:
    """The gradients of the loss with respect to all parameters."""
    tensors = leaves(student, params)
    student.mlp_loss(tensors, X, labels).backward()
    return [tensor.grad for tensor in tensors]


def gradients_of_a_network(
    student: ModuleType, params: Arrays, X: Any, labels: Any, times: int
) -> Any:
    """The gradient by the last bias, with all others, computed so many times."""
    for _ in range(times):
        *_, last = gradient_of_a_network(student, params, X, labels)
    return last


def _loss_by_first_matrix(student: ModuleType, params: Arrays, X: Any, labels: Any, W: Any) -> Any:
    return student.mlp_loss([W, *params[1:]], X, labels)


def jvp_of_a_network(student: ModuleType, params: Arrays, X: Any, labels: Any, v: Any) -> Any:
    """The derivative of the loss along v, a direction of the first matrix."""
    loss = partial(_loss_by_first_matrix, student, params, X, labels)
    return student.jvp(loss, params[0], v)[1]


def hvp_of_a_network(student: ModuleType, params: Arrays, X: Any, labels: Any, v: Any) -> Any:
    """hvp of the loss with respect to the first matrix."""
    return student.hvp(partial(_loss_by_first_matrix, student, params, X, labels), params[0], v)


def train(
    student: ModuleType, params: Any, X: Any, labels: Any, settings: dict[str, Any]
) -> tuple[list[Any], list[float]]:
    """train_mlp with a Generator made of settings["seed"]."""
    options = {**settings, "rng": np.random.default_rng(settings["seed"])}
    del options["seed"]
    return student.train_mlp(params, X, labels, **options)


def draw_after_training(
    student: ModuleType, params: Any, X: Any, labels: Any, settings: dict[str, Any]
) -> float:
    """What the Generator that train_mlp was given draws next."""
    options = {**settings, "rng": (rng := np.random.default_rng(settings["seed"]))}
    del options["seed"]
    student.train_mlp(params, X, labels, **options)
    return float(rng.uniform())
