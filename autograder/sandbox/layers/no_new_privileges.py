"""No setuid program can lift the worker up again, it dies with its parent, nobody attaches."""

import os
import signal

from autograder.sandbox.layers import libc
from autograder.sandbox.layers.confinement import Confinement


def unavailable() -> str:
    """Why prctl is not here."""
    return "" if libc.available() else "not on this system"


def apply(confinement: Confinement) -> None:
    """After the uid change, which clears the death signal."""
    libc.prctl(libc.PR_SET_NO_NEW_PRIVS, 1)
    libc.prctl(libc.PR_SET_PDEATHSIG, signal.SIGKILL)
    if confinement.uid:
        # An ordinary user's grader could otherwise not read the worker's /proc any more.
        libc.prctl(libc.PR_SET_DUMPABLE, 0)
    if os.getppid() == 1:
        os._exit(1)  # the parent died before the death signal was set
