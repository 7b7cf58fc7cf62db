"""Files and folders: import a Python file, write one file at once, count and remove folders.

Used on both sides: the grader imports oracles and data, a worker imports the submission.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import NamedTuple


def import_file(path: Path, name: str) -> ModuleType:
    """Import one file as module `name`, without touching the search path."""
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path.name} is not a Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def write_atomically(path: Path, data: bytes, mode: int = 0o644) -> None:
    """A reader sees the old file or the whole new one, also after a crash of the machine."""
    # mkstemp opens exclusively, so it never follows a link that was planted under this name.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, mode)
        os.replace(name, path)
    finally:
        Path(name).unlink(missing_ok=True)


class Usage(NamedTuple):
    """Bytes and entries below a folder."""

    bytes: int
    entries: int


def usage(folder: Path, most: int) -> Usage:
    """What is in `folder`; counting stops above `most` entries, and follows no link."""
    total, entries, waiting = 0, 0, [str(folder)]
    while waiting and entries <= most:
        try:
            with os.scandir(waiting.pop()) as listing:
                for entry in listing:
                    entries += 1
                    if entries > most:
                        break
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    else:
                        status = entry.stat(follow_symlinks=False)  # blocks: 0 on Windows
                        total += max(status.st_size, 512 * getattr(status, "st_blocks", 0))
        except OSError:
            continue  # removed or closed meanwhile
    return Usage(total, entries)


def remove_folder(folder: Path) -> None:
    """Remove `folder` with everything in it, as far as permissions allow; no link is followed.

    shutil recurses and so fails on a thousand levels; the system's programs do not.
    """
    with suppress(RecursionError):
        shutil.rmtree(folder, ignore_errors=True)
    if folder.exists() and os.name == "posix":
        for command in (["chmod", "-R", "u+rwX"], ["rm", "-rf"]):
            subprocess.run([*command, "--", str(folder)], stderr=subprocess.DEVNULL)
