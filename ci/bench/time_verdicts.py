"""How often time budgets decide wrongly: this protocol and the usual ones, on the same samples.

    python ci/bench/time_verdicts.py FILE --verdicts 400 [--condition idle ...]

Appends one line of JSON a verdict to FILE, so that a run can be stopped and continued. The machine
should be otherwise idle, but for the condition "other work": while tests run, say. The tables are
made by `ci/bench/budgets.py`.

The programs do one, two and three times the yardstick's work, under a budget of 1.5 times.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from autograder.machine.threads import pin_threads

pin_threads()

import random  # noqa: E402  after the threads are pinned

import psutil  # noqa: E402

from autograder.authoring.proofs.conditions import busy_neighbours  # noqa: E402
from autograder.grading.budgets.measured_call import MeasuredCall, Verification  # noqa: E402
from autograder.grading.budgets.time import pairs_of  # noqa: E402
from autograder.grading.budgets.timing import Sample, Timed, compare  # noqa: E402
from autograder.grading.context.check_run import CheckRun  # noqa: E402
from autograder.grading.context.grading_context import GradingContext  # noqa: E402
from autograder.grading.context.seeds import Seed  # noqa: E402
from autograder.model.assignment import Limits, Operation, Yardstick  # noqa: E402
from autograder.sandbox.fork_launcher import ForkLauncher  # noqa: E402
from autograder.sandbox.isolation import Isolation  # noqa: E402
from autograder.sandbox.time_limits import TimeLimit  # noqa: E402
from autograder.submission.intake import Submission  # noqa: E402

BUDGET = 1.5
PROGRAMS = {"honest": 1, "twice the work": 2, "three times the work": 3}
CONDITIONS = ("idle", "one neighbour", "two neighbours", "memory hog", "quota", "other work")
QUOTA = 0.5  # of one processor, for everything that grades
_ROUNDS = 55  # of the operations below: about 50 ms
_SHAPE = (300, 300)
STUDENT = f"""
import numpy as np
def work(a, times):
    for _ in range(times * {_ROUNDS}):
        b = a @ a
        c = np.exp(-b)
        d = (c - b).sum(axis=1)
    return float(d[0])
"""
_HOG = """
import os
import numpy as np
a, b = np.ones(32_000_000), np.empty(32_000_000)
parent = os.getppid()
while os.getppid() == parent:
    np.copyto(b, a)
"""


def yardstick() -> Yardstick:
    """The same operations as the student's once."""
    square = (_SHAPE, _SHAPE)
    operations = (
        Operation(op="matmul", shapes=square, count=_ROUNDS),
        Operation(op="negative", shapes=(_SHAPE,), count=_ROUNDS),
        Operation(op="exp", shapes=(_SHAPE,), count=_ROUNDS),
        Operation(op="subtract", shapes=square, count=_ROUNDS),
        Operation(op="sum", shapes=(_SHAPE,), axis=1, count=_ROUNDS),
    )
    return Yardstick(operations=operations)


class Noted:
    """A side whose samples are kept."""

    def __init__(self, side: Timed, kept: list[Sample]) -> None:
        self._side, self._kept = side, kept

    def sample(self, pair: int, calls: int) -> Sample:
        """The side's own sample; those of warm-up are not kept."""
        sample = self._side.sample(pair, calls)
        if pair:
            self._kept.append(sample)
        return sample


def verdict(run: CheckRun, times: int, seed: int) -> dict[str, Any]:
    """One verdict with fresh workers; the samples of its first round."""
    rng = random.Random(seed)
    call = MeasuredCall(
        run, run.student.work, lambda numbers: (numbers.random(_SHAPE) / 100, times)
    )
    verification = Verification.of(call, lambda arguments, value, want: None, None)
    start = pairs_of(call, verification, yardstick())
    rounds: list[tuple[list[Sample], list[Sample]]] = []

    @contextmanager
    def noted() -> Iterator[tuple[Timed, Timed]]:
        with start() as (student, unit):
            rounds.append(([], []))
            yield Noted(student, rounds[-1][0]), Noted(unit, rounds[-1][1])

    before = spent_s(run.context)
    timing = compare(noted, BUDGET, rng)
    run.close()
    own, unit = rounds[0]
    sampled = sum(sample.cpu_s for round_ in rounds for side in round_ for sample in side)
    return {
        "zone": timing.zone.value,
        "pairs": timing.pairs,
        "samples": [[*a, *b] for a, b in zip(own, unit, strict=True)],
        "sampled_s": sampled,
        "total_s": spent_s(run.context) - before,
    }


def spent_s(context: GradingContext) -> float:
    """CPU seconds of this process, the launcher, and every worker that has ended."""
    assert isinstance(context.launcher, ForkLauncher)
    own, launcher = psutil.Process(), psutil.Process(context.launcher.pid)
    return float(sum(own.cpu_times()[:2]) + sum(launcher.cpu_times()[:4]))


def under(condition: str) -> AbstractContextManager[None]:
    """The machine in this condition."""
    if condition == "quota":
        return quota()
    if condition == "memory hog":
        return hogs()
    return busy_neighbours({"one neighbour": 1, "two neighbours": 2}.get(condition, 0))


@contextmanager
def hogs() -> Iterator[None]:
    """Two processes that fill the memory bus."""
    processes = [subprocess.Popen([sys.executable, "-I", "-c", _HOG]) for _ in range(2)]
    try:
        time.sleep(1.0)
        yield
    finally:
        for process in processes:
            process.kill()
            process.wait()


@contextmanager
def quota() -> Iterator[None]:
    """This process and its children in a control group with part of one processor (v1, root)."""
    groups = Path("/sys/fs/cgroup/cpu")
    group = groups / "autograder-bench"
    group.mkdir(exist_ok=True)
    (group / "cpu.cfs_period_us").write_text("100000")
    (group / "cpu.cfs_quota_us").write_text(str(int(100000 * QUOTA)))
    (group / "cgroup.procs").write_text(str(os.getpid()))
    try:
        yield
    finally:
        (groups / "cgroup.procs").write_text(str(os.getpid()))
        group.rmdir()


def main(arguments: list[str]) -> int:
    """Collect verdicts until there are enough of each kind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--verdicts", type=int, default=400, help="of the honest program")
    parser.add_argument("--others", type=int, default=20, help="of each program with more work")
    parser.add_argument("--condition", action="append", choices=CONDITIONS)
    options = parser.parse_args(arguments)
    rows = read(options.file)
    for condition in options.condition or CONDITIONS:
        with under(condition):  # before the launcher starts: a quota is inherited
            collect(options, condition, rows)
    return 0


def collect(options: argparse.Namespace, condition: str, rows: list[dict[str, Any]]) -> None:
    """What is missing of one condition."""
    launcher = ForkLauncher(("numpy",), Isolation("fork"))
    submission = Submission(module="work.py", files={"work.py": STUDENT.encode()})
    context = GradingContext(launcher, submission, Limits(), None)
    try:
        for program, times in PROGRAMS.items():
            done = sum(r["condition"] == condition and r["program"] == program for r in rows)
            wanted = options.verdicts if times == 1 else options.others
            for number in range(done, wanted):
                run = CheckRun(context, Seed(1000 * number, public=True), TimeLimit(300))
                found = verdict(run, times, number)
                row = {"condition": condition, "program": program, **found}
                with options.file.open("a") as file:
                    file.write(json.dumps(row) + "\n")
    finally:
        launcher.close()


def read(path: Path) -> list[dict[str, Any]]:
    """The verdicts so far."""
    return [json.loads(row) for row in path.read_text().splitlines()] if path.exists() else []


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
