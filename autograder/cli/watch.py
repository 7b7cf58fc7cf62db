"""`autograder check --watch`: check again whenever a file of the submission changes."""

import argparse
import subprocess
import sys
import time
from pathlib import Path

_POLL_S = 0.3


def watch(options: argparse.Namespace) -> int:
    """Check at every change until Ctrl-C; each check runs in a fresh process."""
    arguments = [argument for argument in sys.argv[1:] if argument != "--watch"]
    seen: dict[Path, float] = {}
    status = 0
    while True:
        now = stamps(options.submission)
        if now != seen:
            seen = now
            status = subprocess.run([sys.executable, "-m", "autograder", *arguments]).returncode
            if status == 2:
                return status
            print(f"watching {options.submission.resolve()} (Ctrl-C ends)", flush=True)
        time.sleep(_POLL_S)


def stamps(submission: Path) -> dict[Path, float]:
    """The Python files of the submission and when each was changed."""
    files = [submission] if submission.is_file() else submission.glob("*.py")
    return {path: path.stat().st_mtime for path in files if path.is_file()}
