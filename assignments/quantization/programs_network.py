"""What the checks of parts 3 and 4 run beside your code: layers, and what they reach."""

import gc
import sys
from array import array
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import numpy as np

Array = np.ndarray
Made = tuple[Array, Array, int, int, bool, Array | None]  # W, bias, bits, group, symmetric, H
_SMALL = 64  # bytes of a text or a whole number: names and sizes


def product(student: ModuleType, X: Array, fields: Sequence[Any], tile: int) -> Any:
    """X W^T for the packed matrix of these fields."""
    codes, scales, zeros, shape, bits, group = fields
    packed = student.Packed(codes, scales, zeros, tuple(shape), bits, group)
    return student.matmul_packed(X, packed, tile)


def layer(student: ModuleType, made: Made, X: Array) -> tuple[Any, Any, Any, Any]:
    """The fields of a layer's packed matrix, its bias, its outputs for X, and its nbytes()."""
    built = student.QuantizedLinear(*made)
    outputs = built(X)
    return tuple(built.packed), built.bias, outputs, built.nbytes()


def kept_layers(student: ModuleType, made: Made, X: Array, count: int) -> Array:
    """The outputs of so many layers, which are all kept, one after another.

    Layer k has 2^(k % 4) times these weights, in an array of its own.
    """
    W, *rest = made
    layers, outputs = [], []
    for k in range(count):
        layers.append(student.QuantizedLinear(np.float32(2.0 ** (k % 4)) * W, *rest))
        outputs.append(layers[-1](X))
    return np.concatenate(outputs)


def reached(student: ModuleType, made: Made, X: Array) -> tuple[int, int, list[str]]:
    """What a layer reaches when it has been called.

    The bytes of arrays, the bytes of what else may hold numbers, and the largest arrays in words.
    """
    # arrays of their own: what the call brought stands in a buffer, which is no array
    built = student.QuantizedLinear(*(np.array(p) if isinstance(p, Array) else p for p in made))
    built(X)
    arrays, others, seen = [], 0, dict[int, Any]()
    waiting: list[tuple[str, Any]] = [("layer", built)]  # the last is the next: parts with names
    while waiting:
        name, thing = waiting.pop()
        if id(thing) in seen:
            continue
        seen[id(thing)] = thing
        if isinstance(thing, np.ndarray) and thing.base is None:
            arrays.append((thing.nbytes, f"{name}: {thing.dtype} {thing.shape}"))
        elif isinstance(thing, float) or (
            isinstance(thing, (bytes, bytearray, array, str, int)) and sys.getsizeof(thing) > _SMALL
        ):
            others += sys.getsizeof(thing)
        waiting += [(name + step, part) for step, part in _parts(student, thing)]
    largest = [text for _, text in sorted(arrays, reverse=True)]
    return sum(size for size, _ in arrays), others, largest[:8]


def _parts(student: ModuleType, thing: Any) -> Iterator[tuple[str, Any]]:
    """What a thing refers to, each with its step; modules and their names are nothing of it."""
    if isinstance(thing, FunctionType):
        for name in ("__closure__", "__defaults__", "__kwdefaults__", "__dict__"):
            yield f".{name}", getattr(thing, name)
    elif isinstance(thing, type):
        module = sys.modules.get(thing.__module__)
        if Path(str(getattr(module, "__file__", ""))).parent == Path(str(student.__file__)).parent:
            yield from ((f".{name}", part) for name, part in vars(thing).items())
    elif isinstance(thing, (np.ndarray, memoryview, dict)):
        yield from _items(thing)
    elif not isinstance(thing, ModuleType):
        yield from (("", part) for part in gc.get_referents(thing))
        names = getattr(thing, "_fields", ()) or getattr(thing, "__dict__", ())
        yield from ((f".{name}", getattr(thing, name)) for name in names)


def _items(thing: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(thing, memoryview):
        yield ".obj", thing.obj
    elif isinstance(thing, np.ndarray):
        yield ".base", thing.base
        yield from (("[]", item) for item in (thing.flat if thing.dtype.hasobject else ()))
    elif "__builtins__" not in thing:  # else the names of a module
        yield from ((f"[{key!r:.20}]", part) for key, part in thing.items())


def calibrated(
    student: ModuleType, d: int, batches: Sequence[Array], others: Sequence[Array]
) -> tuple[Any, Any]:
    """H of these batches, and H of the others, which another calibration gets in between.

    The caller uses one array for all batches, which is full of ones in the end.
    """
    first, second = student.Calibration(d), student.Calibration(d)
    reused = np.ones((max(map(len, [*batches, *others])), d), np.float32)
    for calibration, batch in (
        pair
        for one, other in zip(batches, others, strict=True)
        for pair in ((first, one), (second, other))
    ):
        reused[: len(batch)] = batch
        calibration.update(reused[: len(batch)])
    reused[:] = 1.0
    return first.H, second.H


def calibrated_with_many(student: ModuleType, X: Array, batches: int) -> Any:
    """H of so many batches, each a new array; number i is 2^(i % 3) X."""
    calibration = student.Calibration(X.shape[1])
    for i in range(batches):
        calibration.update(np.float32(2.0 ** (i % 3)) * X)
    return calibration.H


def quantised(
    student: ModuleType,
    weights: Sequence[Array],
    biases: Sequence[Array],
    batch: Callable[[int], Array],
    batches: int,
    settings: tuple[int, int, bool],
    X: Array,
) -> tuple[list[Any], Any]:
    """Fields and bias of each layer of a quantised network, and its outputs for X."""
    layers = student.quantize_network(weights, biases, batch, batches, *settings)
    return [(*each.packed, each.bias) for each in layers], student.forward(layers, X)


def quantised_with_many(
    student: ModuleType,
    weights: Sequence[Array],
    X: Array,
    batches: int,
    settings: tuple[int, int, bool],
) -> list[Any]:
    """The fields of each layer of a network without biases, quantised for so many batches.

    Each batch is a new array; number i is 2^(i % 3) X.
    """
    biases = [np.zeros(len(W), np.float32) for W in weights]
    layers = student.quantize_network(
        weights, biases, lambda i: np.float32(2.0 ** (i % 3)) * X, batches, *settings
    )
    return [tuple(each.packed) for each in layers]


def network_outputs(
    student: ModuleType,
    weights: Sequence[Array],
    biases: Sequence[Array],
    batch: Callable[[int], Array],
    batches: int,
    settings: tuple[int, int, bool],
    X: Array,
) -> Any:
    """The outputs of a quantised network for X."""
    layers = student.quantize_network(weights, biases, batch, batches, *settings)
    return student.forward(layers, X)


def error_of(student: ModuleType, function: str, *arguments: Any) -> str:
    """The type of the error that a call raises; empty if it raises none."""
    try:
        getattr(student, function)(*arguments)
    except NotImplementedError:
        raise
    except Exception as error:  # which one is the question
        return type(error).__name__
    return ""
