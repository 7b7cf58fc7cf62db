"""Keeps notes in the extended attributes of a file everyone can read.

expect: no canary leaks
passes: all
"""

import os
import sys


def probe():
    """An attribute or a time of the interpreter's files."""
    for path in (os.path.dirname(os.__file__), sys.prefix, globals()["ROOT"]):
        try:
            os.setxattr(path, "user.kept", b"seen")
        except OSError:
            continue
        os.removexattr(path, "user.kept")
        return "kept in attributes"
    return "contained"
