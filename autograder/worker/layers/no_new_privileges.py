"""No setuid program gives the worker privileges, it ends with its parent, no debugger attaches."""

import signal
import sys

from autograder.machine import libc
from autograder.wire.confinement import Confinement


def unavailable() -> str:
    """Why prctl is not here."""
    return "" if sys.platform == "linux" else "not on this system"


def apply(confinement: Confinement) -> None:
    """After the uid change, which clears the death signal.

    A worker whose parent has died before this gets no message to import anything, and ends.
    """
    libc.prctl(libc.PR_SET_NO_NEW_PRIVS, 1)
    libc.prctl(libc.PR_SET_PDEATHSIG, signal.SIGKILL)
    if confinement.uid:
        # not without a uid of its own: an ordinary user's grader must be able to read its /proc
        libc.prctl(libc.PR_SET_DUMPABLE, 0)
