"""After a time budget is exceeded: the lines that took the time."""

from typing import Any

from autograder.grading.budgets.line_counts import by_line
from autograder.grading.context.check_run import CheckRun
from autograder.grading.context.student import RemoteFunction
from autograder.model.outcome import StudentLine
from autograder.sandbox.faults import StudentFault

_SHOWN, _LEAST_SHARE = 3, 0.05


def where_time_went(
    run: CheckRun, function: RemoteFunction, arguments: tuple[Any, ...]
) -> tuple[str, ...]:
    """The slowest lines with their share and interpreter steps; empty if they cannot be had.

    In a worker of its own: tracing must not end what the verdict rests on.
    """
    run.fresh_worker()
    try:
        _, counts = run.call(function, arguments, {}, "autograder.worker.observers.line_times")
    except StudentFault:  # too slow for being traced, say
        return ()
    seconds = by_line(run.context.submission, counts, "seconds")
    steps = by_line(run.context.submission, counts, "steps")
    total = sum(seconds.values())
    if total <= 0:  # by a clock that the submission has set
        return ()
    slowest = sorted(seconds, key=lambda line: -seconds[line])[:_SHOWN]
    return tuple(
        f"{seconds[line] / total:.0%} of the time, {steps.get(line, 0):.0f} steps: "
        f"{run.context.submission.line(StudentLine(line[0], line[1], ''))}"
        for line in slowest
        if seconds[line] >= _LEAST_SHARE * total
    )
