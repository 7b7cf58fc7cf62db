"""Announces a frame of 2**60 bytes.

expect: grader survives
passes: all but check_total, check_total_is_vectorised, check_hidden_total
"""

import os
import struct


def total(x):
    """More than there is."""
    os.write(4, struct.pack("!IQ", 100, 2**60))
    return 0.0
