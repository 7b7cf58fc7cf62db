"""Returns an object whose unpickling would run code in the grader.

expect: points only for right values
passes: all but check_total, check_total_is_vectorised, check_hidden_total
"""

import os
import pathlib


class Bomb:
    """Touches a file where it is unpickled."""

    def __reduce__(self):
        return os.mkdir, (str(pathlib.Path(globals()["ROOT"]) / "broken in"),)


def total(x):
    """Not a number."""
    return Bomb()
