"""What busy processes change about limits: nothing for right work, and not for what hangs.

    python ci/bench/limits.py                    prints two tables, in about ten minutes
    python ci/bench/limits.py sgd                one assignment only
    python ci/bench/limits.py --record FILE      also writes them into FILE, with date and machine

The first grades each reference with and without busy processes beside it and compares the reports,
measurements aside. The second says how long programs that hang run until they are stopped: on the
wall, and as it was counted against the limit.
"""

import argparse
import platform
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date
from itertools import chain
from pathlib import Path

from autograder.machine.threads import pin_threads

pin_threads()

import msgspec  # noqa: E402  after the threads are pinned

from autograder.authoring.proofs.conditions import busy_neighbours  # noqa: E402
from autograder.grading.context.request import GradingRequest  # noqa: E402
from autograder.grading.running.subprocess_grading import grade_in_subprocess  # noqa: E402
from autograder.machine.facts import machine_facts  # noqa: E402
from autograder.machine.stopwatch import Elapsed  # noqa: E402
from autograder.model.assignment import Assignment, Limits  # noqa: E402
from autograder.model.course import all_assignments, load_course  # noqa: E402
from autograder.model.outcome import StudentLine  # noqa: E402
from autograder.model.report import Report  # noqa: E402
from autograder.sandbox.faults import StudentFault  # noqa: E402
from autograder.sandbox.launcher import start_launcher  # noqa: E402
from autograder.sandbox.remote import RemoteWorker  # noqa: E402
from autograder.sandbox.time_limits import TimeLimit  # noqa: E402
from autograder.submission.intake import Submission  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
BUSY = 8
LIMIT_S = 2.0
HANGS = {
    "an endless loop": "while True:\n        pass",
    "a sleep": "time.sleep(1000)",
    "a blocked read": "os.read(os.pipe()[0], 1)",
    "six threads that compute": "list(ThreadPoolExecutor(6).map(spin, range(6)))",
    "a child process that loops": "subprocess.run([sys.executable, '-c', 'while True: pass'])",
}
HANGING = """
import os, subprocess, sys, time
from concurrent.futures import ThreadPoolExecutor
import numpy as np
def spin(_):
    a = np.ones((200, 200))
    while True:
        a @ a
def f():
    {}
"""


class Noted(TimeLimit):
    """Keeps what the exchange had used that reached it."""

    used = Elapsed()

    def fault(self, call: str, now: Elapsed, lines: Sequence[StudentLine]) -> StudentFault:
        """As without notes."""
        self.used = now
        return super().fault(call, now, lines)


def hanging() -> Iterator[str]:
    """The rows of the programs that hang."""
    beside = f"beside {BUSY}: verdict"
    yield f"| limit {LIMIT_S:g} s | verdict | wall | counted | {beside} | wall | counted |"
    yield "|---|---|--:|--:|---|--:|--:|"
    with closing(start_launcher("auto", ["numpy"])) as launcher:
        for name, body in HANGS.items():
            files = {"work.py": HANGING.format(body).encode()}
            cells = []
            for busy in (0, BUSY):
                submission = Submission(module="work.py", files=files)
                with busy_neighbours(busy):
                    given = launcher, submission, Limits(), None
                    with closing(RemoteWorker(*given, allowed=("processes",))) as worker:
                        limit = Noted(LIMIT_S)
                        cells += _stopped(worker, limit)
            yield f"| {name} | {' | '.join(cells)} |"


def _stopped(worker: RemoteWorker, limit: Noted) -> list[str]:
    started = time.monotonic()
    try:
        worker.call("f", (), {}, limit=limit)
    except StudentFault as fault:
        wall_s = time.monotonic() - started
        return [fault.verdict.value, f"{wall_s:.1f} s", f"{limit.used.counted_s:.2f} s"]
    raise AssertionError("a program that hangs has returned")


def references(assignments: Sequence[Assignment]) -> Iterator[str]:
    """The rows of the references."""
    yield f"| reference | score | wall | beside {BUSY}: score | wall | the same report |"
    yield "|---|---|--:|---|--:|---|"
    for assignment in assignments:
        shown, reports = [], []
        for busy in (0, BUSY):
            with busy_neighbours(busy):
                started = time.monotonic()
                reports.append(graded(assignment))
                wall_s = time.monotonic() - started
            shown += [f"{reports[-1].score:g} of {reports[-1].points:g}", f"{wall_s:.0f} s"]
        same = _lasting(reports[0]) == _lasting(reports[1])
        yield f"| {assignment.id} | {' | '.join(shown)} | {'yes' if same else 'NO'} |"
        for before, after in zip(*map(_lasting, reports), strict=True):
            if before != after:
                yield f"|  {before[0]} | {before[1:]} | | {after[1:]} | | |"


def graded(assignment: Assignment) -> Report:
    """The reference, with the hidden checks."""
    assert assignment.private is not None
    request = GradingRequest(
        root=ROOT,
        assignment=assignment.id,
        submission=assignment.private,
        hidden=True,
        secret_file=load_course(ROOT).secret_path(),
    )
    return grade_in_subprocess(request, 2 * assignment.limits.run_s)


def _lasting(report: Report) -> list[tuple[str, ...]]:
    """What must be the same each time: no clock has a part in it."""
    return [
        (o.check.id, o.verdict.value, str(o.score), o.note, str(msgspec.to_builtins(o.message)))
        for o in report.outcomes
    ]


def main() -> int:
    """Print both tables; 1 when a reference fares otherwise beside busy processes."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("assignments", nargs="*", metavar="ID")
    parser.add_argument("--record", type=Path, metavar="FILE")
    options = parser.parse_args()
    chosen = [a for a in all_assignments(ROOT) if a.id in (options.assignments or [a.id])]
    facts, text = machine_facts(), []
    machine = f"{facts['processor']}, {facts['cpus']} CPUs, Python {platform.python_version()}"
    for line in chain([f"{date.today()}, {machine}", ""], hanging(), [""], references(chosen)):
        print(line, flush=True)
        text.append(line)
    if options.record:
        title = "# Limits beside busy processes\n\nPrinted by `python ci/bench/limits.py`.\n\n"
        options.record.write_text(title + "\n".join(text) + "\n")
    return int(any(line.endswith("NO |") for line in text))


if __name__ == "__main__":
    sys.exit(main())
