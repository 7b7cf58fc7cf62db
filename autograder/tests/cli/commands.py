"""Run `autograder`: here for commands that grade nothing, in a process of its own for others."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import psutil
import pytest

from autograder.cli.main import main

TIMEOUT_S = 600.0


class Ended(NamedTuple):
    """The result of a command."""

    status: int
    out: str
    err: str


Run = Callable[..., Ended]


def run_here(capsys: pytest.CaptureFixture[str], *arguments: object) -> Ended:
    """Run a command in this process. Errors of argparse count as its status."""
    capsys.readouterr()
    try:
        status = main([str(argument) for argument in arguments])
    except SystemExit as ended:
        assert isinstance(ended.code, int)
        status = ended.code
    out, err = capsys.readouterr()
    return Ended(status, out, err)


def command_line(*arguments: object) -> list[str]:
    """The command line that runs the command in a process of its own."""
    return [sys.executable, "-m", "autograder", *map(str, arguments)]


def run_apart(folder: Path, *arguments: object) -> Ended:
    """Run a command in `folder`, in a process of its own. A traceback always fails the test."""
    done = subprocess.run(
        command_line(*arguments), cwd=folder, capture_output=True, text=True, timeout=TIMEOUT_S
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Ended(done.returncode, done.stdout, done.stderr)


def family(pid: int) -> list[psutil.Process]:
    """A process and all its descendants."""
    try:
        process = psutil.Process(pid)
        return [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def alive(processes: list[psutil.Process], patience_s: float = TIMEOUT_S) -> list[psutil.Process]:
    """The processes that still exist after `patience_s`."""
    _, remaining = psutil.wait_procs(processes, timeout=patience_s)
    return [p for p in remaining if p.is_running() and p.status() != psutil.STATUS_ZOMBIE]
