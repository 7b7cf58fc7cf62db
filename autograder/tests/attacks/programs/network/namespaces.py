"""Makes namespaces of its own, to be root in them.

expect: no network
passes: all
"""

import ctypes


def probe():
    """Users, network, mounts."""
    libc = ctypes.CDLL(None, use_errno=True)
    for flag in (0x10000000, 0x40000000, 0x00020000):
        if libc.unshare(flag) == 0:
            return f"namespace {flag:x}"
    return "contained"
