"""Remove what a submission has left on the disk, however it is nested or locked."""

import os
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path


def remove_folder(folder: Path) -> None:
    """Remove `folder` with everything in it, as far as we may; no link is followed.

    shutil recurses, and so fails on a thousand levels, which these programs do not.
    """
    with suppress(RecursionError):
        shutil.rmtree(folder, ignore_errors=True)
    if folder.exists() and os.name == "posix":
        for command in (["chmod", "-R", "u+rwX"], ["rm", "-rf"]):
            subprocess.run([*command, "--", str(folder)], stderr=subprocess.DEVNULL)
