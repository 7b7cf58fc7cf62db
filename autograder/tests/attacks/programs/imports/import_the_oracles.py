"""Imports the reference's oracles by their path.

expect: no canary leaks
passes: all
"""

import importlib.util
import sys


def probe():
    """The oracles, or the checks."""
    root = globals()["ROOT"]
    sys.path[:0] = [f"{root}/reference/vault", f"{root}/reference/vault/checks"]
    for name in ("oracles", "check_hidden"):
        try:
            if importlib.util.find_spec(name):
                return __import__(name).WORD
        except (OSError, ImportError):
            continue
    return "contained"
