"""Hotspots: the student's lines that explain an exceeded memory or time budget.

They are found by tracing the call again, in workers of their own: tracing must not end what the
verdict rests on, nor one explanation the other. What cannot be had is left out.
"""

from autograder.grading.budgets.measured_call import MeasuredCall
from autograder.model.errors import GraderError
from autograder.model.formula import ArrayTerm
from autograder.model.outcome import StudentLine
from autograder.model.units import show_bytes
from autograder.sandbox.faults import StudentFault
from autograder.submission.intake import Submission

_SLOWEST, _HELD, _RAISED = 3, 3, 2  # lines shown
_LEAST_SHARE = 0.05
_LEAST_RAISED = 10**6  # bytes; below that resident memory says nothing

_Lines = dict[tuple[str, int], float]  # by file and line


def memory_hotspots(call: MeasuredCall, used: float, arrays: ArrayTerm | None) -> tuple[str, ...]:
    """How many arrays are `used`, the line of the peak, what is held then, and memory-profiler's
    largest rises. `arrays` are those that the budget allows."""
    submission = call.run.context.submission
    traced = _traced(call, "peak_lines")
    peak, held = (_by_line(submission, traced, kind) for kind in ("peak", "held"))
    raised = _by_line(submission, _traced(call, "profiled_lines"), "raised")
    least = _LEAST_SHARE * max(peak.values(), default=0.0)

    def rows(lines: _Lines, most: int, least: float, row: str) -> list[str]:
        return [
            row.format(show_bytes(lines[place]), submission.line(StudentLine(*place)))
            for place in _largest(lines, most)
            if lines[place] > least
        ]

    at_the_peak = rows(peak, 1, 0.0, "{} at the peak, in {}")
    return (
        *(_arrays(used, arrays, rows(peak, 1, 0.0, "{1}")) or at_the_peak),
        *rows(held, _HELD, least, "{} of it from {}"),
        *rows(raised, _RAISED, max(least, _LEAST_RAISED), "memory-profiler: +{} in {}"),
    )


def _arrays(used: float, allowed: ArrayTerm | None, last: list[str]) -> list[str]:
    """`last` is the line of the peak, if it is known."""
    if allowed is None or used <= allowed.number * allowed.size:
        return []
    count, one = f"{used / allowed.size:.3g}", f"{show_bytes(allowed.size)} ({allowed.text} bytes)"
    made = "".join(f"; the last is made in {line}" for line in last)
    return [f"as much as {count} arrays of {one}, where {allowed.number:g} are allowed{made}"]


def time_hotspots(call: MeasuredCall) -> tuple[str, ...]:
    """The slowest lines with their share of the time and their interpreter steps."""
    submission = call.run.context.submission
    counts = _traced(call, "line_times")
    seconds, steps = (_by_line(submission, counts, kind) for kind in ("seconds", "steps"))
    total = sum(seconds.values())
    if total <= 0:  # not traced, or by a clock that the submission has set
        return ()
    return tuple(
        f"{seconds[place] / total:.0%} of the time, {steps.get(place, 0):.0f} steps: "
        f"{submission.line(StudentLine(*place))}"
        for place in _largest(seconds, _SLOWEST)
        if seconds[place] >= _LEAST_SHARE * total
    )


def _traced(call: MeasuredCall, observer: str) -> dict[str, float]:
    call.run.fresh_worker()
    try:
        return call.counts(f"autograder.worker.observers.{observer}", offset=1)
    except (StudentFault, GraderError):  # too slow or too large for being traced, for example
        return {}


def _by_line(submission: Submission, counts: dict[str, float], kind: str) -> _Lines:
    """The counts named `file:line:kind`, of submitted files; a worker can report any name."""
    found = {}
    for name, count in counts.items():
        match name.rsplit(":", 2):
            case [file, number, reported] if (
                reported == kind
                and file in submission.files
                and number.isdecimal()
                and len(number) < 7
            ):
                found[file, int(number)] = count
    return found


def _largest(lines: _Lines, most: int) -> list[tuple[str, int]]:
    return sorted(lines, key=lambda place: -lines[place])[:most]
