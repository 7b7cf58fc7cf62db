"""Fills the disk with files that no folder shows.

expect: limits hold
passes: all
"""

import contextlib
import os
import tempfile

AMOUNT = 60 * 10**6


def unlinked(number):
    """Open, but its name is gone."""
    file = open(f"u{number}", "wb", buffering=0)
    os.unlink(file.name)
    return file


def replaced(number):
    """Another file has got its name."""
    file = open(f"r{number}", "wb", buffering=0)
    open("empty", "wb").close()
    os.rename("empty", file.name)
    return file


def never_named(number):
    """It never had one."""
    return os.fdopen(os.open(".", os.O_TMPFILE | os.O_WRONLY), "wb")


def temporary(number):
    """As Python makes them."""
    return tempfile.TemporaryFile(dir=".", buffering=0)


def reserved(number):
    """Larger than it seems: FALLOC_FL_KEEP_SIZE."""
    import ctypes

    file = open(f"f{number}", "wb")
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.fallocate(file.fileno(), 1, ctypes.c_long(0), ctypes.c_long(10 * AMOUNT)):
        raise OSError(ctypes.get_errno(), "fallocate")
    return file


def probe():
    """120 MB of each kind, where 64 MB may be written."""
    found = []
    for make in (unlinked, replaced, never_named, temporary, reserved):
        with contextlib.suppress(OSError):
            kept = [make(number) for number in range(2)]
            for file in kept:
                file.write(bytes(AMOUNT))
            found.append(make.__name__)
    return ", ".join(found) or "contained"
