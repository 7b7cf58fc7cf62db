"""Sends a message of 1 GB, by our own code and without it.

expect: grader ends in time
passes: all but check_gathered
"""

import os
import struct

import numpy as np


def gathered(comm, x):
    """Its pages are never touched, so that the limit of memory does not come first."""
    if comm.rank == 0:
        os.write(4, struct.pack("!IQ", 2, 2**30) + b"{}")
        for _ in range(2**14):
            os.write(4, bytes(2**16))
    comm.send((comm.rank + 1) % comm.size, np.zeros(2**27))
    return x
