"""`autograder check --watch`: check again whenever a file of the submission changes."""

import argparse
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

_POLL_S = 0.3

Stamp = tuple[int, int]  # time of the last change in nanoseconds, size


def watch(options: argparse.Namespace) -> int:
    """Check at every change until Ctrl-C; each check runs in a fresh process.

    Returns the status of the last check that was finished.
    """
    seen: dict[Path, Stamp] | None = None
    status = 0
    with suppress(KeyboardInterrupt):  # the way to end it
        while True:
            now = stamps(options.submission)
            if now != seen:
                seen = now
                status = _finished(subprocess.Popen(command(options)))
                print(f"watching {options.submission.resolve()} (Ctrl-C ends)", flush=True)
            time.sleep(_POLL_S)
    return status


def _finished(check: "subprocess.Popen[bytes]") -> int:
    """Its status. Interrupted, it gets the time to end its workers and to remove its files."""
    try:
        return check.wait()
    except KeyboardInterrupt:
        check.terminate()
        check.wait()
        raise


def command(options: argparse.Namespace) -> list[str]:
    """The same check once: isolated, because a student's folder may hold a `random.py`."""
    optional = {"html": options.html, "json": options.json}
    return [
        *(sys.executable, "-I", "-m", "autograder", "check", options.assignment),
        *(f"--submission={options.submission}", f"--launcher={options.launcher}"),
        *(f"--part={part}" for part in options.part),
        *(f"--check={name}" for name in options.check),
        *(f"--{name}={path}" for name, path in optional.items() if path),
        *(["--hidden"] if options.hidden else []),
        *(["--patient"] if options.patient else []),
    ]


def stamps(submission: Path) -> dict[Path, Stamp]:
    """The Python files of the submission that can be seen, and when each was changed."""
    found = {}
    for path in [submission] if submission.is_file() else submission.glob("*.py"):
        with suppress(OSError):  # an editor may be replacing it just now
            status = path.stat()
            found[path] = (status.st_mtime_ns, status.st_size)
    return found
