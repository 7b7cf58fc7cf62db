"""Observer in the worker: floating-point operations of torch's matrix products, convolutions and
attention, forward and backward, as torch counts them from the shapes.

Of this thread: operations in threads that the call starts are not seen.
"""

import os
from collections.abc import Callable
from typing import Any

from torch.utils.flop_counter import FlopCounterMode

from autograder.worker.observers import Counted


def observe(function: Callable[..., Any], arguments: Any, keywords: Any, folder: str) -> Counted:
    """Call `function`; count its `flops`."""
    # entering imports torch's compiler, which makes this folder: elsewhere a worker may not
    os.environ.setdefault("TORCHINDUCTOR_CACHE_DIR", folder)
    with FlopCounterMode(display=False) as counter:
        value = function(*arguments, **keywords)
    return value, {"flops": float(counter.get_total_flops())}
