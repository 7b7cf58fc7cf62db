"""Leaves links to the course in its folder, to be followed when that is removed.

expect: other checks still graded
passes: all
"""

import os
from pathlib import Path


def probe():
    """To files and folders."""
    here = Path.cwd()
    os.symlink(globals()["ROOT"], here / "link")
    os.symlink(here, here / "loop")
    (here / "folder").mkdir()
    os.symlink(f"{globals()['ROOT']}/secret", here / "folder" / "link")
    return "contained"
