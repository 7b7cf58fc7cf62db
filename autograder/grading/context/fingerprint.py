"""Any value in a few numbers: equal for equal values, and close for close ones.

Used to find recorded answers by their question (`grading/fixtures/oracles.py`), to recognise
mistakes by their answers, and to compare the inputs of two gradings.
"""

import hashlib
import json
import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.model.outcome import Fingerprint
from autograder.model.values import is_tensor

_PROJECTIONS = 3
_RTOL = 1e-7  # of the scale: other instruction sets and orders of summation stay far below
_BLOCK = 2**16  # numbers that are projected at once: the probes take three times as much
_ZERO = 1e-12  # an array whose entries cancel here may sum to 1e-17 on another machine


@np.errstate(all="ignore")  # infinities and NaN are values like any other
def fingerprint_of(value: Any, *, balanced: bool = False) -> Fingerprint:
    """The fingerprint of a value: numbers as random projections, all else as a hash.

    Its tolerance is relative to the largest numbers in the value. `balanced`: relative to those of
    each array, so that a small number beside a large array counts as well; its numbers are of size
    one, and so is the scale.
    """
    arrays: list[np.ndarray | float] = []
    structure = _structure(value, arrays)
    numbers = [number for array in arrays for number in _numbers_of(array, balanced)]
    finite = np.array([x if math.isfinite(x) else 0.0 for x in numbers])
    weights = np.random.default_rng(finite.size).uniform(-1.0, 1.0, (_PROJECTIONS, finite.size))
    strange = [str(x) for x in numbers if not math.isfinite(x)]
    digest = hashlib.sha256(json.dumps([structure, strange]).encode()).hexdigest()[:16]
    scale = 1.0 if balanced else float(np.max(np.abs(finite), initial=0.0))
    return Fingerprint(digest, scale, tuple(float(p) for p in weights @ finite))


def same(left: Fingerprint, right: Fingerprint, rtol: float = _RTOL) -> bool:
    """Whether two values are the same but for rounding, up to `rtol` of their scale."""
    if left.structure != right.structure or len(left.projections) != len(right.projections):
        return False
    allowed = rtol * max(left.scale, right.scale)
    pairs = zip(left.projections, right.projections, strict=True)
    return abs(left.scale - right.scale) <= allowed and all(abs(a - b) <= allowed for a, b in pairs)


def exact_hash(value: Any) -> str:
    """A hash of a value that changes with the last bit of any number in it."""
    arrays: list[np.ndarray | float] = []
    digest = hashlib.sha256(json.dumps(_structure(value, arrays)).encode())
    for array in arrays:
        digest.update(np.asarray(array).tobytes())
    return digest.hexdigest()[:16]


def _structure(value: Any, arrays: list[np.ndarray | float]) -> Any:
    """The value without its numbers, which are appended to `arrays`."""
    if isinstance(value, (list, tuple)):
        return [type(value).__name__, *(_structure(item, arrays) for item in value)]
    if isinstance(value, dict):
        return ["dict", *([str(key), _structure(item, arrays)] for key, item in value.items())]
    if isinstance(value, (bool, int, str, type(None))):
        return ["exact", str(value)]
    if isinstance(value, float):  # as of an array of no dimension; there may be a long list of them
        arrays.append(value)
        return _FLOAT
    if isinstance(value, (complex, np.ndarray, np.generic)):
        array = np.asarray(value)
        arrays.append(array)
        return ["array", str(array.shape), array.dtype.str, *([None] * _PROJECTIONS)]
    if is_tensor(value):
        wide = value.detach().double() if value.is_floating_point() else value.detach()
        return ["tensor", str(value.dtype), _structure(wide.numpy(), arrays)]
    if isinstance(value, np.random.Generator):  # the text of a generator has its address in it
        value = value.bit_generator.state
    return ["exact", hashlib.sha256(repr(value).encode()).hexdigest()]


_FLOAT = ["array", "()", np.dtype(np.float64).str, *([None] * _PROJECTIONS)]
_OF_ONE_NUMBER = tuple(map(float, np.random.default_rng(1).uniform(1.0, 2.0, _PROJECTIONS)))


def _numbers_of(array: np.ndarray | float, balanced: bool) -> list[float]:
    """Random projections of an array; `balanced`: of its direction, and its size as a logarithm."""
    if isinstance(array, float):
        size = abs(array) if balanced else 1.0
        if size <= _ZERO:
            return [0.0] * (1 + _PROJECTIONS)
        numbers = [probe * (array / size) for probe in _OF_ONE_NUMBER]
        return [math.log(size), *numbers] if balanced else numbers
    if not balanced:
        return _projected(array, 1.0)
    size = math.fsum(float(np.abs(block).sum()) for block in _blocks(array))
    if size <= _ZERO:
        return [0.0] * (1 + _PROJECTIONS)
    return [math.log(size), *_projected(array, size)]


def _projected(array: np.ndarray, size: float) -> list[float]:
    """Projections of `array / size`, in blocks: a student's array may be as large as a frame."""
    parts = 2 * array.size if array.dtype.kind == "c" else array.size
    found = []
    for row in range(_PROJECTIONS):
        probes = np.random.PCG64(array.size)
        probes.advance(row * parts)
        draw = np.random.Generator(probes).uniform
        found.append(sum(float(draw(1.0, 2.0, b.size) @ (b / size)) for b in _blocks(array)))
    return found


def _blocks(array: np.ndarray) -> Iterator[np.ndarray]:
    """Its numbers in order, in float64, a block at a time; a complex number is two."""
    flat, wide = array.reshape(-1), np.complex128 if array.dtype.kind == "c" else np.float64
    for start in range(0, array.size, _BLOCK):
        yield flat[start : start + _BLOCK].astype(wide).view(np.float64)
