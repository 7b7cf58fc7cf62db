"""A rehearsal of Gradescope on this machine: its image build and its harness, faults included.

The command `simulate` calls it. Unlike Gradescope it has no container (container.py has one), and
so no limit of memory or CPU; setup.sh installs into `out/venv`; /tmp is not wiped; processes that
outlive the run are reported and killed.
"""

import json
import shutil
from pathlib import Path
from typing import Any

import msgspec

from autograder.gradescope.rehearsal.descendants import descendants
from autograder.gradescope.rehearsal.handing_in import SAMPLE_METADATA, lay_out
from autograder.gradescope.rehearsal.harness import run_script
from autograder.gradescope.rehearsal.image import Say, build_image
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
    survivors: tuple[str, ...]  # processes alive when results were read: they could forge them
    error: str = ""  # why it could not be started
    notices: tuple[str, ...] = ()  # what staff should know of the container


class SimulatedRun(Ended, frozen=True, kw_only=True):
    """What one submission would have come to on Gradescope."""

    verdict: HarnessVerdict
    results: dict[str, Any] | None  # as Gradescope stores them
    problems: tuple[Problem, ...]  # of results.json as it was written
    stdout: str  # as staff see it, cut as the harness cuts it
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
    time_limit_s: float,
    reuse: bool = True,
    say: Say = print,
) -> SimulatedRun:
    """Build the image of the autograder zip in `out`, unless it is there, and grade `submission`.

    Raises UsageError for unusable arguments, GraderError when setup.sh fails or run_autograder
    cannot be started.
    """
    root = build_image(archive, out, reuse, say)
    say(f"grading {submission}, for at most {time_limit_s:g} s")
    prepare(root, submission)
    with descendants() as running:
        found = run_script(root, time_limit_s)
        names = [f"{process.name()} (pid {process.pid})" for process in running()]
        return read_run(root, msgspec.convert({**found, "survivors": names}, Ended))


def prepare(root: Path, submission: Path) -> None:
    """Lay out what the harness makes anew for each submission."""
    for name in ("results", "submission"):
        shutil.rmtree(root / name, ignore_errors=True)
    (root / "results").mkdir()
    lay_out(submission, root / "submission")
    (root / "submission_metadata.json").write_text(json.dumps(SAMPLE_METADATA))


def read_run(root: Path, ended: Ended) -> SimulatedRun:
    """What the harness makes of the files that a run left.

    Raises GraderError when run_autograder could not be started.
    """
    if ended.error:
        raise GraderError(
            f"run_autograder cannot be started ({ended.error}): does its first line name an"
            " interpreter that is installed there?"
        )
    path = root / "results" / "results.json"
    data = path.read_bytes() if _is_plain(path) else None
    verdict, results = read_as_harness(data)
    log = _read_log(root / "results" / "stdout")
    if ended.timed_out:
        verdict, results = HarnessVerdict.TIMED_OUT, dict(_TIMED_OUT)
    elif verdict is HarnessVerdict.INVALID_JSON and data is not None:
        log += "\n" + data[:MAX_LOG_BYTES].decode(errors="replace")
    return SimulatedRun(
        **msgspec.structs.asdict(ended),
        verdict=verdict,
        results=results,
        problems=tuple(find_problems(data)) if data is not None else (),
        stdout=shorten(log),
        results_file=path,
    )


def _is_plain(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _read_log(path: Path) -> str:
    """Head and tail of what was printed, however much it was."""
    if not _is_plain(path):
        return ""
    with path.open("rb") as file:
        head = file.read(MAX_LOG_BYTES)
        file.seek(max(len(head), path.stat().st_size - MAX_LOG_BYTES))
        return (head + file.read()).decode(errors="replace")
