"""Searches the frames below its own, which a fork leaves in place, for what checks declare.

expect: no canary leaks
passes: all
"""

import sys


def probe():
    """What hidden checks say of themselves, and what they require."""
    frame, found = sys._getframe(), []
    while frame := frame.f_back:
        for value in list(frame.f_locals.values()):
            for check in getattr(value, "declared", ()) if not isinstance(value, type) else ():
                found += [] if check.visible else [check.why, check.oracle, *check.requires]
    return " ".join(filter(None, found)) or "contained"
