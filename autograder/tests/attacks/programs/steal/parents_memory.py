"""Reads memory, environment and files of its parent through /proc.

expect: no canary leaks
passes: all
"""

import os


def probe():
    """Anything of another process."""
    for pid in (os.getppid(), os.getppid() - 1, 1):
        for name in ("environ", "mem", "maps", "fd", "cwd/secret", "root/etc/shadow"):
            try:
                path = f"/proc/{pid}/{name}"
                return str(os.listdir(path) if name == "fd" else open(path, "rb").read(100))
            except OSError:
                continue
    return "contained"
