"""Changes mode, owner and times of files that are not its own.

expect: grader survives
passes: all
"""

import os
import sys


def probe():
    """To what they are: nothing is broken by it."""
    for path in (globals()["ROOT"], os.path.dirname(os.__file__), sys.prefix):
        try:
            status = os.stat(path)
        except OSError:
            continue
        ways = {
            "mode": lambda p=path, s=status: os.chmod(p, s.st_mode & 0o7777),
            "owner": lambda p=path, s=status: os.chown(p, s.st_uid, s.st_gid),
        }
        for name, change in ways.items():
            try:
                change()
            except OSError:
                continue
            return name
    return "contained"
