"""Whether two recorded answers are the same up to the last bits of another machine."""

import base64
from typing import Any

import numpy as np

from autograder.grading.fixtures.oracles import Recorded
from autograder.wire.decode import Decoder

_RTOL = 1e-9
_ATOL = 1e-12  # an entry that cancels to zero here may be 1e-17 there


def same_answer(left: Recorded, right: Recorded) -> bool:
    """Whether both answers have the same types and shapes, and numbers within rtol 1e-9."""
    return _same(_decode(left), _decode(right))


def _decode(recorded: Recorded) -> Any:
    buffers = [memoryview(bytearray(base64.b64decode(text))) for text in recorded.buffers]
    return Decoder(buffers).decode(recorded.answer)


def _same(left: Any, right: Any) -> bool:
    if type(left) is not type(right):
        return False
    if isinstance(left, (list, tuple)):
        return len(left) == len(right) and all(map(_same, left, right))
    if isinstance(left, dict):
        return list(left) == list(right) and all(_same(left[key], right[key]) for key in left)
    if type(left).__module__ == "torch":
        return _same_tensor(left, right)
    if isinstance(left, (float, complex, np.ndarray, np.generic)):
        return _close(np.asarray(left), np.asarray(right))
    return bool(left == right)


def _same_tensor(left: Any, right: Any) -> bool:
    import torch  # here, for most assignments never have a tensor

    if left.dtype != right.dtype or left.shape != right.shape:
        return False
    if not left.is_floating_point():
        return torch.equal(left, right)
    rtol = max(_RTOL, 8 * torch.finfo(left.dtype).eps)
    close = torch.isclose(left.double(), right.double(), rtol=rtol, atol=_ATOL, equal_nan=True)
    return bool(close.all())


def _close(left: np.ndarray, right: np.ndarray) -> bool:
    if left.shape != right.shape or left.dtype != right.dtype:
        return False
    if left.dtype.kind not in "fc":
        return bool(np.array_equal(left, right))
    # float32 cannot tell 1e-9 apart: one unit in its last place is 1e-7
    rtol = max(_RTOL, 8 * float(np.finfo(left.dtype).eps))
    return bool(np.allclose(left, right, rtol=rtol, atol=_ATOL, equal_nan=True))
