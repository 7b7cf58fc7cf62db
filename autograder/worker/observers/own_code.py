"""Which code is the submission's: everything but known libraries, the framework and programs.

Code made by `exec` can carry any file name, so code outside the submission's folder counts too.
Code that names a file of a library is not counted: the time budget is its witness.
"""

import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

_OURS = Path(__file__).parents[2]
_LIBRARIES = ("site-packages", "dist-packages")
# the import system, and what numpy before 1.25 generates for each of its functions
_NAMELESS = ("<frozen ", "<__array_function__ internals>")


def is_own_code(folder: str) -> Callable[[str], bool]:
    """Returns whether the steps of code with a file name count, for a submission in `folder`."""
    folders = [str(_OURS), os.path.dirname(os.__file__)]
    folders += [entry for entry in sys.path if os.path.basename(entry) in _LIBRARIES]
    foreign = tuple(os.path.normcase(entry) + os.sep for entry in folders)
    programs = os.path.normcase(str(Path(folder).parent / "programs"))  # the check's own files

    @cache
    def is_own(name: str) -> bool:
        path = os.path.normcase(name)
        return not (path.startswith((*foreign, programs)) or name.startswith(_NAMELESS))

    return is_own
