"""Sets up io_uring, which opens sockets past a filter of system calls.

expect: no network
passes: all
"""

import ctypes


def probe():
    """Whether the ring can be had."""
    parameters = ctypes.create_string_buffer(120)
    ring = ctypes.CDLL(None, use_errno=True).syscall(425, 1, parameters)
    return "contained" if ring < 0 else "a ring"
