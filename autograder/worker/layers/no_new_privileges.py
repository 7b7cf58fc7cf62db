"""No setuid program can lift the worker up again, it dies with its parent, nobody attaches."""

import signal
import sys

from autograder.machine import libc
from autograder.wire.confinement import Confinement


def unavailable() -> str:
    """Why prctl is not here."""
    return "" if sys.platform == "linux" else "not on this system"


def apply(confinement: Confinement) -> None:
    """After the uid change, which clears the death signal.

    A worker whose parent has died before this is never told what to import, and ends.
    """
    libc.prctl(libc.PR_SET_NO_NEW_PRIVS, 1)
    libc.prctl(libc.PR_SET_PDEATHSIG, signal.SIGKILL)
    if confinement.uid:
        # An ordinary user's grader could otherwise not read the worker's /proc any more.
        libc.prctl(libc.PR_SET_DUMPABLE, 0)
