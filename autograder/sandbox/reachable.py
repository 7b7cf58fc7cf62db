"""The files that a worker must read to run Python, and whether another user could read them.

`isolation` allows workers these files and no others.
"""

import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

_SYSTEM = (
    "/usr/lib",
    "/usr/lib64",
    "/usr/local/lib",
    "/usr/share/zoneinfo",
    "/lib",
    "/lib64",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/dev/null",
    "/dev/zero",
    "/dev/random",
    "/dev/urandom",
    "/proc/self",
    "/proc/cpuinfo",
    "/proc/meminfo",
    "/sys/devices/system/cpu",
)


def readable() -> tuple[str, ...]:
    """Folders and files that Python and its libraries read; none of them holds anything private."""
    executable = os.path.realpath(sys.executable)  # of the system's own Python, outside of the rest
    return tuple(dict.fromkeys([*map(str, _interpreter()), executable, *_SYSTEM]))


def hidden_from_others() -> str:
    """The first folder that another user cannot enter; empty when there is none.

    Of the interpreter's folders and of the one for temporary files, where workers have theirs.
    """
    for path in (*_interpreter(), Path(tempfile.gettempdir()).resolve()):
        for folder in (path, *path.parents):
            if not folder.stat().st_mode & stat.S_IXOTH:
                return str(folder)
    return ""


def _interpreter() -> Iterator[Path]:
    """The environment, what it is made from, and this package, through all links."""
    package = Path(__file__).resolve().parents[1]
    executable = Path(os.path.realpath(sys.executable)).parent.parent
    for path in (Path(sys.prefix), Path(sys.base_prefix), executable, package):
        if path != Path("/usr"):  # too much: the list above has what is needed of it
            yield path.resolve()
