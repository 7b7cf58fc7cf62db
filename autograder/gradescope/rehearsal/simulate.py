"""A rehearsal of Gradescope on this machine: its image build and its harness, faults included.

What differs: no container (container.py has one), so no limit of memory or CPU; setup.sh installs
into `out/venv`; no wiping of /tmp; processes that outlive the run are reported and killed.
"""

import json
import shutil
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from autograder.gradescope.rehearsal.descendants import Descendants, descendants
from autograder.gradescope.rehearsal.handing_in import lay_out, sample_metadata
from autograder.gradescope.rehearsal.harness import run_script
from autograder.gradescope.rehearsal.image import build_image
from autograder.gradescope.rehearsal.reading import (
    HarnessVerdict,
    find_problems,
    read_as_harness,
    shorten,
)
from autograder.model.errors import GraderError
from autograder.render.results_json import Problem

MAX_LOG_BYTES = 1 << 20
_TIMED_OUT = {"score": 0, "output": "The autograder timed out."}


class Ended(msgspec.Struct, frozen=True, kw_only=True):
    """How run_autograder ended, before its results are read."""

    status: int  # negative: the signal that ended it
    timed_out: bool
    wall_s: float
    survivors: tuple[str, ...]
    notices: tuple[str, ...] = ()  # what staff should know of the container


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
    notices: tuple[str, ...] = ()  # what staff should know of the container

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
    prepare(root, submission, metadata)
    started = time.monotonic()
    with descendants() as family, (root / "results" / "stdout").open("wb") as log:
        try:
            status, timed_out = run_script(root, log, time_limit_s)
        except OSError as error:
            raise cannot_start(str(error.strerror)) from None
        wall_s = time.monotonic() - started
        ended = Ended(status=status, timed_out=timed_out, wall_s=wall_s, survivors=_names(family))
        return judge(root, ended)


def prepare(root: Path, submission: Path, metadata: Mapping[str, Any]) -> None:
    """Lay out what the harness makes anew for each submission."""
    for name in ("results", "submission"):
        shutil.rmtree(root / name, ignore_errors=True)
    (root / "results").mkdir()
    lay_out(submission, root / "submission")
    (root / "submission_metadata.json").write_text(json.dumps(metadata))


def cannot_start(why: str) -> GraderError:
    """The error of a run_autograder that the system refuses to run."""
    return GraderError(
        f"run_autograder cannot be started ({why}): does its first line name an interpreter that"
        " is installed there?"
    )


def _names(family: Descendants) -> tuple[str, ...]:
    return tuple(f"{process.name()} (pid {process.pid})" for process in family.running())


def judge(root: Path, ended: Ended) -> SimulatedRun:
    """What the harness makes of the files that a run left."""
    data = _read(root / "results" / "results.json")
    verdict, results = read_as_harness(data)
    log = _read_log(root / "results" / "stdout")
    if ended.timed_out:
        verdict, results = HarnessVerdict.TIMED_OUT, dict(_TIMED_OUT)
    elif verdict is HarnessVerdict.INVALID_JSON and data is not None:
        log += "\n" + data[:MAX_LOG_BYTES].decode(errors="replace")
    return SimulatedRun(
        verdict=verdict,
        exit_status=ended.status,
        wall_s=ended.wall_s,
        results=results,
        problems=tuple(find_problems(data)) if data is not None else (),
        stdout=shorten(log),
        survivors=ended.survivors,
        notices=ended.notices,
        results_file=root / "results" / "results.json",
    )


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() and not path.is_symlink() else None


def _read_log(path: Path) -> str:
    """Head and tail of what was printed, however much it was."""
    size = path.stat().st_size if path.is_file() and not path.is_symlink() else 0
    if size == 0:
        return ""
    with path.open("rb") as file:
        head = file.read(MAX_LOG_BYTES)
        file.seek(max(len(head), size - MAX_LOG_BYTES))
        return (head + file.read()).decode(errors="replace")
