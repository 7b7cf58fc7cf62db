"""Writes many files that are each small enough.

expect: limits hold
passes: all but check_probe
"""

import os
import time


def probe():
    """200 MB in 20 files."""
    try:
        for number in range(20):
            with open(f"file {number}", "wb") as file:
                file.write(bytes(10**7))
        time.sleep(0.2)
    except OSError:
        return "contained"
    return f"{len(os.listdir('.'))} files"
