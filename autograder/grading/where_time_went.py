"""After a time budget is exceeded: the lines that took the time."""

from typing import Any

from autograder.grading.check_run import CheckRun
from autograder.grading.student import RemoteFunction
from autograder.sandbox.faults import StudentFault
from autograder.sandbox.frames import Frame

_SHOWN, _LEAST_SHARE = 3, 0.05


def where_time_went(
    run: CheckRun, function: RemoteFunction, arguments: tuple[Any, ...]
) -> tuple[str, ...]:
    """The slowest lines with their share and interpreter steps; empty if they cannot be had.

    In a worker of its own: tracing must not end what the verdict rests on.
    """
    run.fresh_worker()
    try:
        _, counts = run.call(function, arguments, {}, "autograder.budgets.line_times")
    except StudentFault:  # too slow for being traced, say
        return ()
    seconds = _by_line(run, counts, "seconds")
    steps = _by_line(run, counts, "steps")
    total = sum(seconds.values())
    if total <= 0:  # by a clock that the submission has set
        return ()
    slowest = sorted(seconds, key=lambda line: -seconds[line])[:_SHOWN]
    return tuple(
        f"{seconds[line] / total:.0%} of the time, {steps.get(line, 0):.0f} steps: "
        f"{run.bench.submission.line(Frame(line[0], line[1], ''))}"
        for line in slowest
        if seconds[line] >= _LEAST_SHARE * total
    )


def _by_line(run: CheckRun, counts: dict[str, float], kind: str) -> dict[tuple[str, int], float]:
    """Counts of one kind; only lines of submitted files, whatever names the worker sends."""
    found = {}
    for name in run.bench.submission.files:
        prefix, suffix = f"{name}:", f":{kind}"
        for key, count in counts.items():
            number = key.removeprefix(prefix).removesuffix(suffix)
            if key == f"{prefix}{number}{suffix}" and number.isdecimal() and len(number) < 7:
                found[name, int(number)] = count
    return found
