"""What the checks run beside your code, in the process that runs your code.

`student` is your module. These functions use it as the lab does, and return plain values.
"""

import random
from collections.abc import Sequence
from types import ModuleType
from typing import Any

import numpy as np


def drawing(student: ModuleType, function: str, seed: int, *arguments: Any) -> tuple[Any, Any]:
    """What a function returns, whose last argument is a generator of this seed.

    And what the global generators draw next, which began at seed 1.
    """
    random.seed(1)
    np.random.seed(1)
    result = getattr(student, function)(*arguments, np.random.default_rng(seed))
    return result, [random.random(), float(np.random.random())]


def unpacked(student: ModuleType, fields: Sequence[Any], rows: slice | None) -> Any:
    """The entries of a packed matrix that is made of these fields; without rows, of all rows."""
    codes, scales, zeros, shape, bits, group = fields
    packed = student.Packed(codes, scales, zeros, tuple(shape), bits, group)
    return student.unpack(packed) if rows is None else student.unpack(packed, rows)


def nibbles(
    student: ModuleType, codes: np.ndarray, signed: bool, seen: np.ndarray
) -> list[np.ndarray]:
    """Codes that are packed and unpacked again: the bytes and codes at the places `seen`.

    `seen` are pairs (row, column) of codes.
    """
    packed = student.pack_nibbles(codes)
    back = student.unpack_nibbles(packed, codes.shape[1], signed)
    rows, columns = seen.T
    sizes = np.array([*packed.shape, *back.shape])
    return [sizes, packed[rows, columns // 2], back[rows, columns]]


def scaled(
    student: ModuleType, scale: float, interval: int, found: Sequence[bool]
) -> list[tuple[bool, float]]:
    """Whether each step may be made, and the scale after it; beside another scaler."""
    scaler, other = student.LossScaler(scale, interval), student.LossScaler(scale, interval)
    answers = []
    for bad in found:
        answers.append((scaler.update(bad), scaler.scale))
        other.update(not bad)
    return answers
