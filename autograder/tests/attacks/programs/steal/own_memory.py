"""Searches its own memory, which was forked from a process of the grader's.

expect: no canary leaks
passes: all
"""

import ctypes
import re

WORD = ("can" + "ary").encode() + b"-[0-9a-f]{16}"


def regions():
    """The writable memory of this process, piece by piece."""
    with open("/proc/self/maps") as maps:
        rows = [row.split(maxsplit=5) for row in maps if " rw" in row]
    for row in rows:
        low, high = (int(part, 16) for part in row[0].split("-"))
        if high - low < 2**28:
            yield ctypes.string_at(low, high - low)


def probe():
    """The first canary that is left in it."""
    for region in regions():
        found = re.search(WORD, region)
        if found:
            start = max(0, found.start() - 30)
            return region[start : found.end()].decode("utf-8", "replace")
    return "contained"
