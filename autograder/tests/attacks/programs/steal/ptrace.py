"""Attaches to its parent and reads its memory by system calls.

expect: no canary leaks
passes: all
"""

import ctypes
import os

PTRACE_ATTACH, PTRACE_DETACH = 16, 17


def probe():
    """Attached, or not."""
    libc = ctypes.CDLL(None, use_errno=True)
    pid = os.getppid()
    if libc.ptrace(PTRACE_ATTACH, pid, None, None) == 0:
        libc.ptrace(PTRACE_DETACH, pid, None, None)
        return "attached"
    text = ctypes.create_string_buffer(8)
    piece = (ctypes.c_size_t * 2)(ctypes.addressof(text), 8)
    if libc.process_vm_readv(pid, piece, 1, piece, 1, 0) > 0:
        return "read"
    return "contained"
