"""Any value in few numbers: equal for equal values, and close for close ones.

Unlike a sketch, which keeps an entry for each array, a fingerprint has one size whatever it is of.
"""

import hashlib
import json
import math
from typing import Any

import numpy as np

from autograder.grading.context.sketch import sketch
from autograder.model.outcome import Fingerprint

_PROJECTIONS = 3
_RTOL = 1e-7  # of the scale: other instruction sets and orders of summation stay far below


def fingerprint(value: Any) -> Fingerprint:
    """The fingerprint of a value: numbers as random projections, all else as a hash."""
    numbers: list[float] = []
    structure = _without_numbers(sketch(value), numbers)
    finite = np.array([x if math.isfinite(x) else 0.0 for x in numbers])
    weights = np.random.default_rng(finite.size).uniform(-1.0, 1.0, (_PROJECTIONS, finite.size))
    strange = [str(x) for x in numbers if not math.isfinite(x)]
    digest = hashlib.sha256(json.dumps([structure, strange]).encode()).hexdigest()[:16]
    scale = float(np.max(np.abs(finite), initial=0.0))
    return Fingerprint(digest, scale, tuple(float(p) for p in weights @ finite))


def same(left: Fingerprint, right: Fingerprint) -> bool:
    """Whether two values are the same but for rounding."""
    if left.structure != right.structure or len(left.projections) != len(right.projections):
        return False
    allowed = _RTOL * max(left.scale, right.scale)
    pairs = zip(left.projections, right.projections, strict=True)
    return abs(left.scale - right.scale) <= allowed and all(abs(a - b) <= allowed for a, b in pairs)


def _without_numbers(node: Any, numbers: list[float]) -> Any:
    if isinstance(node, float):
        numbers.append(node)
        return None
    return [_without_numbers(item, numbers) for item in node] if isinstance(node, list) else node
