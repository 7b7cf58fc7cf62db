"""A uid of the worker's own: the file system, /proc and signals of everyone else are closed."""

import os
import sys

from autograder.sandbox.layers.confinement import Confinement


def unavailable() -> str:
    """Why the uid cannot be changed here."""
    if sys.platform == "win32" or not hasattr(os, "setresuid"):
        return "this system has no setresuid"
    return "" if os.geteuid() == 0 else "the grader does not run as root"


def apply(confinement: Confinement) -> None:
    """Become `confinement.uid` for good, with no groups, and die with the launcher."""
    uid = confinement.uid
    if not uid:
        raise OSError("no uid was leased")
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    os.umask(0o077)
