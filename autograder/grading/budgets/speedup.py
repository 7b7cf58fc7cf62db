"""The speed-up of several workers over one against its budget."""

import functools
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from autograder.grading.budgets.sign_test import Zone
from autograder.grading.budgets.speedup_pairs import SpeedUp, Start, TimedWorkers, compare_workers
from autograder.grading.budgets.timed_pairs import Expected, Verify
from autograder.grading.budgets.usable_cpus import obstacle
from autograder.grading.budgets.verdict import budget_of, hold
from autograder.grading.budgets.worker_calls import WorkerCalls, WorkerInputs
from autograder.grading.context.check_run import CheckRun
from autograder.grading.context.student import RemoteFunction
from autograder.model.assignment import Assignment
from autograder.model.errors import GraderError
from autograder.model.outcome import Measurement


def hold_speedup(
    assignment: Assignment,
    run: CheckRun,
    name: str,
    function: RemoteFunction,
    inputs: WorkerInputs,
    verify: Verify,
    expected: Expected | None,
    workers: int,
    obstacle: Callable[[int], str] = obstacle,
) -> None:
    """Measure where `workers` CPUs are free; elsewhere judge the values only."""
    required = budget_of(assignment, name, "speedup").speedup or 1.0
    if required >= workers:
        raise GraderError(f"budget {name!r}: {workers} workers cannot be {required:g} x as fast")
    calls = WorkerCalls(run, function, inputs, verify, expected, workers)
    hindered = functools.partial(obstacle, workers)
    why = "" if run.context.modes.untimed else hindered()
    if run.context.modes.untimed or why:
        calls.sample(0, 1, 1)
        calls.sample(0, workers, 1)
        _note(run, name, required, why)
        return
    rng = random.Random(run.seed)
    found = compare_workers(_starts(run, calls), required, workers, rng, hindered)
    _judge(run, name, required, workers, found)


def _starts(run: CheckRun, calls: WorkerCalls) -> Start:
    @contextmanager
    def start() -> Iterator[TimedWorkers]:
        run.close()  # the next call starts a fresh process, and one that may have children
        yield calls

    return start


def _judge(run: CheckRun, name: str, required: float, workers: int, found: SpeedUp) -> None:
    undecided = found.zone is Zone.OPEN
    if undecided:
        run.notes.append(f"{_shown(name)}: too noisy to tell, so it passes")
    measurement = _measurement(
        name,
        required,
        found.ratio,
        f"95 % interval {found.low:.2f} to {found.high:.2f} from {found.pairs} pairs,"
        f" {found.inflation:.2f} x the CPU time of one worker",
        undecided,
    )
    what = f"{workers} workers are {1 / found.ratio:.2f} x as fast as one; {required:g} x is asked"
    hold(run, measurement, what)


def _note(run: CheckRun, name: str, required: float, why: str) -> None:
    run.notes.append(f"{_shown(name)}: not measurable here, not counted ({why})")
    measurement = _measurement(name, required, 0.0, f"not measurable here: {why}", True)
    hold(run, measurement)


def _measurement(
    name: str, required: float, ratio: float, detail: str, undecided: bool
) -> Measurement:
    return Measurement(
        name=name,
        kind="speedup",
        value=round(ratio, 3),
        budget=round(1 / required, 3),
        unit="x the time of one worker",
        detail=detail,
        undecided=undecided,
    )


def _shown(name: str) -> str:
    return name.replace("_", " ")
