"""Has a child do the slow work, whose CPU time is not its own.

expect: budgets hold
passes: all but check_strength_is_quick
graded: with time
needs: isolation = "processes"
"""

import os
import struct

import numpy as np


def slow(a):
    """The right strength in six times the time."""
    for _ in range(6):
        value = np.trace(a @ a)
    return float(value)


def strength(a):
    """The child's answer."""
    read, write = os.pipe()
    if os.fork() == 0:
        os.write(write, struct.pack("d", slow(a)))
        os._exit(0)
    os.close(write)
    value = struct.unpack("d", os.read(read, 8))[0]
    os.close(read)
    os.wait()
    return value
