"""Reads the memory and the files of the other rank, and leaves notes for it.

expect: points only for right values
passes: all
"""

import ctypes
import os
from pathlib import Path


def processes():
    """Those that were started shortly before and after this one."""
    return [pid for pid in range(os.getpid() - 4, os.getpid() + 5) if pid != os.getpid()]


def memory():
    """Of any of them."""
    libc = ctypes.CDLL(None, use_errno=True)
    for pid in processes():
        for name in ("mem", "maps", "environ", "cwd/work.py", "fd/3"):
            try:
                return Path(f"/proc/{pid}/{name}").read_bytes()[:100]
            except OSError:
                continue
        if libc.ptrace(16, pid, 0, 0) == 0:
            return f"traced {pid}"
    return b""


def files():
    """Of the other rank's folder, or a note for it."""
    here = Path.cwd()
    for folder in (here.parent.parent, Path("/tmp"), Path("/dev/shm"), Path("/var/tmp")):
        try:
            (folder / "note").write_text("seen")
            return f"a note in {folder}"
        except OSError:
            pass
        try:
            others = [path for path in folder.glob("worker-*/*") if path != here]
        except OSError:
            continue
        if others:
            return str(others)
    return ""


def neighbour(comm):
    """The first thing that is found; both ranks live until both have looked."""
    comm.barrier()
    found = [memory(), files()]
    comm.barrier()
    return next((str(each) for each in found if each), "contained")
