"""System calls of Linux that Python has no function for; grader, launcher and workers use them."""

import ctypes
import os
import sys
from functools import cache
from typing import Any

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_CHILD_SUBREAPER = 36
PR_SET_NO_NEW_PRIVS = 38


def prctl(option: int, value: Any = 0) -> int:
    """prctl(2). Raises OSError."""
    return _checked(_libc().prctl(option, value, 0, 0, 0), "prctl")


def syscall(number: int, *arguments: Any) -> int:
    """syscall(2). Raises OSError."""
    return _checked(_libc().syscall(ctypes.c_long(number), *arguments), f"system call {number}")


def hide_memory() -> None:
    """Close this process's memory, environment and descriptors to others of the same user.

    The grader calls it after its launcher is forked: workers of an ordinary user must stay readable
    to the grader, and Landlock keeps /proc from them.
    """
    if sys.platform == "linux":
        prctl(PR_SET_DUMPABLE, 0)


@cache
def _libc() -> Any:
    return ctypes.CDLL(None, use_errno=True)


def _checked(result: int, what: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result
