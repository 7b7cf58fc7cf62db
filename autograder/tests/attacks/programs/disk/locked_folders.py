"""Leaves folders that even their owner may not enter.

expect: grader survives
passes: all
"""

import os


def probe():
    """Without any mode."""
    os.makedirs("locked/inside")
    open("locked/inside/file", "w").close()
    for path in ("locked/inside/file", "locked/inside", "locked"):
        try:
            os.chmod(path, 0)
        except OSError:
            break  # refused: as well
    return "contained"
