"""Looks for open descriptors beyond its own five.

expect: no canary leaks
passes: all
"""

import os


def probe():
    """Their targets."""
    found = []
    for fd in range(5, 300):
        try:
            os.fstat(fd)
        except OSError:
            continue
        found.append(str(fd))
    return " ".join(found) or "contained"
