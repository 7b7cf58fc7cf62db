"""Starts processes in every way that Python has.

expect: no process survives
passes: all
"""

import os
import subprocess


def probe():
    """One that works."""
    ways = {
        "fork": os.fork,
        "spawn": lambda: os.posix_spawn("/bin/true", ["true"], {}),
        "exec": lambda: subprocess.run(["/bin/true"]),
        "shell": lambda: os.system("true") and 1 / 0,
    }
    for name, start in ways.items():
        try:
            if start() == 0:
                os._exit(0)
        except (OSError, ZeroDivisionError):
            continue
        return name
    return "contained"
