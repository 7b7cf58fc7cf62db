"""Searches its own memory for the metadata of earlier submissions.

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
    """Whatever looks like it."""
    word = ("previous_" + "submissions").encode()
    for region in regions():
        for found in re.finditer(word, region):
            near = re.search(WORD, region[found.start() : found.start() + 500])
            if near:
                return near[0].decode()
    return "contained"
