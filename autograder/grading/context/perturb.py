"""Change what a submission returns, to see whether a check's questions depend on it."""

from typing import Any

import numpy as np


def perturbed(value: Any, relative: float) -> Any:
    """`value` with every number multiplied by 1 + `relative`; types and shapes stay.

    Of a type that cannot show so small a change, floats get the smallest visible one and whole
    numbers none. Booleans and text stay.
    """
    if isinstance(value, (list, tuple)):
        return type(value)(perturbed(item, relative) for item in value)
    if isinstance(value, dict):
        return {key: perturbed(item, relative) for key, item in value.items()}
    if isinstance(value, (bool, np.bool_)):
        return value
    if isinstance(value, int):
        return value + round(min(abs(value), 10**15) * relative)
    if isinstance(value, (float, complex)):
        return value * (1 + relative)
    if isinstance(value, (np.ndarray, np.generic)):
        return _array(value, relative)
    if type(value).__module__ == "torch":  # not imported here: few assignments need it
        return value * (1 + relative) if value.is_floating_point() else value
    return value


def _array(array: Any, relative: float) -> Any:
    if array.dtype.kind in "fc":
        visible = max(relative, 4 * float(np.finfo(array.dtype).eps))
        return (array * (1 + visible)).astype(array.dtype)
    if array.dtype.kind in "iu":
        return array + np.rint(np.abs(array) * relative).astype(array.dtype)
    return array
