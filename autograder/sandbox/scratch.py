"""What a worker writes into its own folder: counted from outside."""

import os
from pathlib import Path
from typing import NamedTuple


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
                        total += entry.stat(follow_symlinks=False).st_size
        except OSError:
            continue  # removed or closed meanwhile
    return Usage(total, entries)
