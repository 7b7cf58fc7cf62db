"""Sends its reply one byte at a time, so that no read ever waits long.

expect: grader ends in time
passes: all but check_total, check_total_is_vectorised, check_hidden_total
"""

import os
import struct
import time


def total(x):
    """A million bytes, one by one."""
    os.write(4, struct.pack("!IQ", 10**6, 0))
    while True:
        os.write(4, b" ")
        time.sleep(0.01)
