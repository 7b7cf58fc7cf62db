"""Keeps 150 MB in a file without a name, which memory limits do not see.

expect: limits hold
passes: all
"""

import os


def probe():
    """Whether such a file can be had."""
    try:
        fd = os.memfd_create("kept")
    except OSError:
        return "contained"
    return f"{os.write(fd, bytes(150_000_000))} bytes"
