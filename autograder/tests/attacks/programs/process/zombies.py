"""Leaves dead children without waiting for them.

expect: no process survives
passes: all
needs: isolation = "processes"
"""

import os


def probe():
    """Twenty of them."""
    for _ in range(20):
        if os.fork() == 0:
            os._exit(0)
    return "contained"
