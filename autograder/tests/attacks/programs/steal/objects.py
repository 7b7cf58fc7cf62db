"""Searches the garbage collector's objects for oracles and checks.

expect: no canary leaks
passes: all
"""

import gc
import sys


def probe():
    """Modules and functions of the grader."""
    secret = ("autograder_oracles", "autograder_data", "check_vault", "check_hidden", "oracles")
    found = [name for name in secret if name in sys.modules]
    for thing in gc.get_objects():
        if type(thing).__name__ in ("LiveOracles", "Judge", "Report"):
            found.append(type(thing).__name__)
    return " ".join(found) or "contained"
