"""The container before grading: its environment, its folders and its time. Called by the driver."""

import os
import tempfile
from collections.abc import Iterable, MutableMapping
from pathlib import Path

from autograder.gradescope.plan import Layout
from autograder.model.assignment import Assignment

SHARE_OF_TIME = 0.8  # the rest is for the harness, and for being slower than expected
CONTAINER_ROOT = Path("/autograder")
SHARED = (Path("/tmp"), Path("/var/tmp"), Path("/dev/shm"))
_KEPT = frozenset({"PATH", "HOME", "LANG", "TZ", "TMPDIR"})


def scrub(environment: MutableMapping[str, str]) -> None:
    """Keep only what programs need: the harness leaves addresses and keys in the environment."""
    for name in list(environment):
        if name not in _KEPT and not name.startswith("LC_"):
            del environment[name]


def close_private_folders(layout: Layout) -> list[str]:
    """Let only the owner in; the harness makes these folders anew, with open modes, in each run.

    Returns what could not be closed.
    """
    modes = {layout.private: 0o700, layout.results.parent: 0o700, layout.metadata: 0o600}
    failed = []
    for path, mode in modes.items():
        try:
            os.chmod(path, mode)
        except FileNotFoundError:
            continue
        except OSError as error:
            failed.append(f"{path.name} is open to the student's code: {error}")
    return failed


def close_shared_folders(layout: Layout, shared: Iterable[Path] = SHARED) -> list[str]:
    """In Gradescope's container: close the folders that all users share to every other user.

    Workers get folders of their own below the root instead. On other machines other people need the
    shared folders too, and only Landlock closes them to workers. Returns what could not be closed.
    """
    scratch = layout.root / "scratch"
    try:
        scratch.mkdir(mode=0o711, exist_ok=True)
        scratch.chmod(0o711)  # also under a strict umask: workers pass through to their own
        tempfile.tempdir = str(scratch)
        for folder in shared:
            folder.chmod(0o700)
    except OSError as error:
        return [f"folders shared by all users stay open to the student's code: {error}"]
    return []


def is_gradescope(layout: Layout) -> bool:
    """Whether this is a container of Gradescope, which is removed after the grading."""
    return layout.root == CONTAINER_ROOT and os.geteuid() == 0


def time_budget_s(assignment: Assignment, platform_s: str | None) -> float:
    """Seconds to grade in: a share of the shorter of the assignment's and the platform's limit."""
    limit = assignment.gradescope.time_limit_minutes * 60
    try:
        platform = float(platform_s or "")
    except ValueError:
        platform = limit
    return SHARE_OF_TIME * (min(limit, platform) if platform > 0 else limit)
