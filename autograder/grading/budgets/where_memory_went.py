"""After a memory budget is exceeded: the lines that took the memory."""

from typing import Any

from autograder.grading.budgets.line_counts import by_line
from autograder.grading.context.check_run import CheckRun
from autograder.grading.context.student import RemoteFunction
from autograder.model.errors import GraderError
from autograder.model.outcome import StudentLine
from autograder.model.units import show_bytes
from autograder.sandbox.faults import StudentFault

_HELD, _RAISED = 3, 2  # lines shown
_LEAST_SHARE = 0.05
_LEAST_RAISED = 10**6  # bytes; below that resident memory says nothing

Lines = dict[tuple[str, int], float]


def where_memory_went(
    run: CheckRun, function: RemoteFunction, arguments: tuple[Any, ...]
) -> tuple[str, ...]:
    """Where the peak is, what is held then, and memory-profiler's largest rises.

    In workers of their own, without what cannot be had: tracing must not end what the verdict
    rests on, nor one explanation the other.
    """
    counts = _observed(run, function, arguments, "autograder.worker.observers.peak_lines")
    peak = by_line(run.context.submission, counts, "peak")
    held = by_line(run.context.submission, counts, "held")
    counts = _observed(run, function, arguments, "autograder.worker.observers.profiled_lines")
    raised = by_line(run.context.submission, counts, "raised")
    least = _LEAST_SHARE * max(peak.values(), default=0.0)
    return (
        *_rows(run, peak, 1, 0.0, "{} at the peak, in {}"),
        *_rows(run, held, _HELD, least, "{} of it from {}"),
        *_rows(run, raised, _RAISED, max(least, _LEAST_RAISED), "memory-profiler: +{} in {}"),
    )


def _observed(
    run: CheckRun, function: RemoteFunction, arguments: tuple[Any, ...], observer: str
) -> dict[str, float]:
    run.fresh_worker()
    try:
        return run.call(function, arguments, {}, observer).counts
    except (StudentFault, GraderError):  # too slow or too large for being traced, say
        return {}


def _rows(run: CheckRun, lines: Lines, most: int, least: float, row: str) -> tuple[str, ...]:
    largest = sorted(lines, key=lambda line: -lines[line])[:most]
    return tuple(
        row.format(show_bytes(lines[place]), run.context.submission.line(StudentLine(*place, "")))
        for place in largest
        if lines[place] > least
    )
