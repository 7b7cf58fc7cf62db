"""A rehearsal of Gradescope on this machine: its image build and its harness, faults included.

What differs: no container (so no limit of memory or CPU, and setup.sh installs into `out/venv`),
no wiping of /tmp, and processes that outlive the run are reported and killed.
"""

import json
import os
import shutil
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

import msgspec

from autograder.gradescope.descendants import Descendants, descendants
from autograder.gradescope.handing_in import lay_out, sample_metadata
from autograder.gradescope.image import build_image
from autograder.gradescope.reading import HarnessVerdict, read_as_harness, shorten
from autograder.gradescope.strict_json import Problem
from autograder.gradescope.validate import validate_bytes
from autograder.model.errors import GraderError

MAX_LOG_BYTES = 1 << 20
_TIMED_OUT = {"score": 0, "output": "The autograder timed out."}


class SimulatedRun(msgspec.Struct, frozen=True, kw_only=True):
    """What one submission would have come to on Gradescope."""

    verdict: HarnessVerdict
    exit_status: int  # of run_autograder; negative: the signal that ended it
    wall_s: float
    results: dict[str, Any] | None  # as Gradescope stores them
    problems: tuple[Problem, ...]  # of results.json as it was written
    stdout: str  # as staff see it, cut as the harness cuts it
    survivors: tuple[str, ...]  # processes alive when results were read: they could forge them
    results_file: Path

    @property
    def accepted(self) -> bool:
        """Whether the results arrive as they were meant."""
        fatal = any(problem.fatal for problem in self.problems)
        return self.verdict is HarnessVerdict.ACCEPTED and not fatal


def simulate(
    archive: Path,
    submission: Path,
    out: Path,
    *,
    metadata: Mapping[str, Any] | None = None,
    time_limit_s: float,
    reuse: bool = True,
) -> SimulatedRun:
    """Build the image of the autograder zip in `out`, unless it is there, and grade `submission`.

    Raises UsageError for unusable arguments, GraderError when setup.sh fails or run_autograder
    cannot be started.
    """
    root = build_image(archive, out, reuse)
    return run_harness(root, submission, metadata or sample_metadata(), time_limit_s)


def run_harness(
    root: Path, submission: Path, metadata: Mapping[str, Any], time_limit_s: float
) -> SimulatedRun:
    """Do what the harness does for one submission in an image that is set up."""
    for name in ("results", "submission"):
        shutil.rmtree(root / name, ignore_errors=True)
    (root / "results").mkdir()
    lay_out(submission, root / "submission")
    (root / "submission_metadata.json").write_text(json.dumps(metadata))
    started = time.monotonic()
    with descendants() as family, (root / "results" / "stdout").open("wb") as log:
        status, timed_out = _run(root, log, time_limit_s)
        wall_s = time.monotonic() - started
        survivors = _names(family)
        data = _read(root / "results" / "results.json")
    return _judge(root, data, status, timed_out, wall_s, survivors)


def _run(root: Path, log: IO[bytes], time_limit_s: float) -> tuple[int, bool]:
    try:
        process = subprocess.Popen(
            [str(root / "run_autograder")],
            cwd=root,
            env=_environment(time_limit_s),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    except OSError as error:
        raise GraderError(
            f"run_autograder cannot be started ({error.strerror}): does its first line name an"
            " interpreter of this machine?"
        ) from None
    try:
        return process.wait(time_limit_s), False
    except subprocess.TimeoutExpired:
        process.kill()  # the direct child only: what it started lives on
        return process.wait(), True


def _environment(time_limit_s: float) -> dict[str, str]:
    """What the harness leaves to run_autograder; the token is gone, addresses are not."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": os.environ.get("HOME", "/root"),
        "SUBMISSION_URL": "https://example.invalid/submission",
        "SUBMIT_RESULTS_URL": "https://example.invalid/results",
        "ASSET_HOST": "https://example.invalid",
        "TIMEOUT_SECONDS": str(max(1, int(time_limit_s))),
    }


def _names(family: Descendants) -> tuple[str, ...]:
    return tuple(f"{process.name()} (pid {process.pid})" for process in family.running())


def _judge(
    root: Path,
    data: bytes | None,
    status: int,
    timed_out: bool,
    wall_s: float,
    survivors: tuple[str, ...],
) -> SimulatedRun:
    verdict, results = read_as_harness(data)
    log = _read_log(root / "results" / "stdout")
    if timed_out:
        verdict, results = HarnessVerdict.TIMED_OUT, dict(_TIMED_OUT)
    elif verdict is HarnessVerdict.INVALID_JSON and data is not None:
        log += "\n" + data[:MAX_LOG_BYTES].decode(errors="replace")
    return SimulatedRun(
        verdict=verdict,
        exit_status=status,
        wall_s=wall_s,
        results=results,
        problems=tuple(validate_bytes(data)) if data is not None else (),
        stdout=shorten(log),
        survivors=survivors,
        results_file=root / "results" / "results.json",
    )


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() and not path.is_symlink() else None


def _read_log(path: Path) -> str:
    """Head and tail of what was printed, however much it was."""
    size = path.stat().st_size if path.is_file() else 0
    if size == 0:
        return ""
    with path.open("rb") as file:
        head = file.read(MAX_LOG_BYTES)
        file.seek(max(len(head), size - MAX_LOG_BYTES))
        return (head + file.read()).decode(errors="replace")
