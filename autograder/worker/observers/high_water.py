"""Observer in the worker for a call whose memory is read from outside, by the grader.

It only has to leave no free memory behind that could be used again without being seen.
"""

import ctypes
import gc
import sys
from collections.abc import Callable
from typing import Any

from autograder.worker.observers import Counted


def prepare() -> None:
    """Once the arguments are there: return what is free to the system."""
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:  # glibc's; others, such as musl's, have none
        trim(0)


def observe(function: Callable[..., Any], arguments: Any, keywords: Any, folder: str) -> Counted:
    """Call `function` and count nothing."""
    return function(*arguments, **keywords), {}
