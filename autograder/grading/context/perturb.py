"""Change what a submission returns, to see whether a check's questions to oracles depend on it.

The grading context does so when `release` records answers.
"""

from typing import Any

import numpy as np

from autograder.model.values import is_tensor, map_leaves


def perturbed(value: Any, relative: float) -> Any:
    """`value` with every number multiplied by 1 + `relative`; types and shapes stay.

    Where the type cannot represent so small a change, floats get the smallest change that it can
    represent, and whole numbers none. Booleans and text stay.
    """
    return map_leaves(lambda leaf: _leaf(leaf, relative), value)


def _leaf(value: Any, relative: float) -> Any:
    if isinstance(value, (bool, np.bool_)):
        return value
    if isinstance(value, int):
        return value + round(min(abs(value), 10**15) * relative)
    if isinstance(value, (float, complex)):
        return value * (1 + relative)
    if isinstance(value, (np.ndarray, np.generic)):
        return _array(value, relative)
    if is_tensor(value):
        return value * (1 + relative) if value.is_floating_point() else value
    return value


def _array(array: Any, relative: float) -> Any:
    if array.dtype.kind in "fc":
        visible = max(relative, 4 * float(np.finfo(array.dtype).eps))
        return (array * (1 + visible)).astype(array.dtype)
    if array.dtype.kind in "iu":
        return array + np.rint(np.abs(array) * relative).astype(array.dtype)
    return array
