"""Whether this machine can keep strangers' code away from everything else.

With Landlock switched off, a submission has read another student's file into its own message.
"""

import sys
from collections.abc import Mapping

from autograder.model.errors import UsageError
from autograder.sandbox.isolation import ACTIVE

_SCOPES = 6  # the first Landlock that keeps signals within
_TRUST = "--i-trust-these"


def require_linux() -> None:
    """Raises UsageError elsewhere: the engine forks gradings, and pins them to CPUs."""
    if sys.platform != "linux":
        raise UsageError("a class is graded on Linux: on Windows in WSL, elsewhere in a container")


def require_safe(layers: Mapping[str, str], landlock: int, trusted: bool) -> None:
    """Raises UsageError where submissions could reach each other or the grader.

    `layers` as `Isolation` has them; `landlock` is the kernel's version; `trusted`: whatever they
    could do, they may run.
    """
    require_linux()
    missing = [] if trusted else _missing(layers, landlock)
    if missing:
        raise UsageError(
            f"submissions of a class are not run here: {'; '.join(missing)}. `autograder doctor`"
            f" says how to change that; with {_TRUST} they run, and can do what you can"
        )


def _missing(layers: Mapping[str, str], landlock: int) -> list[str]:
    inactive = {name: state for name, state in layers.items() if state != ACTIVE}
    missing = [
        f"no {name} ({inactive[name]})" for name in ("seccomp", "landlock") if name in inactive
    ]
    if "private uid" in inactive and landlock < _SCOPES:
        why = inactive["private uid"]
        missing.append(f"no private uid ({why}), and Landlock {landlock} keeps no signals within")
    return missing
