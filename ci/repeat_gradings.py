"""Grade one right submission many times under load: every verdict, point and text must be the same.

    python ci/repeat_gradings.py sgd --times 200 --neighbours 2

Measured quantities vary and are left out; the verdict on them must not. Prints what differs, and
the largest share of a time budget that was ever used; exit status 1 when anything differs.
"""

import argparse
import sys
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from autograder.authoring.conditions import busy_neighbours
from autograder.grading.session import GradingRequest
from autograder.grading.subprocess_grading import grade_in_subprocess
from autograder.model.locate import find_assignment
from autograder.model.outcome import Outcome
from autograder.model.report import Report

ROOT = Path(__file__).resolve().parent.parent


class Told(NamedTuple):
    """What a student is told of one check, without measurements."""

    check: str
    verdict: str
    score: float
    text: tuple[str, ...]
    note: str


def told(outcome: Outcome) -> Told:
    """The lasting part of an outcome."""
    text = tuple(outcome.message.lines()) if outcome.message else ()
    return Told(outcome.check.id, outcome.verdict.value, outcome.score, text, outcome.note)


def time_share(report: Report) -> float:
    """The largest share of a time budget that was used."""
    measured = [m for outcome in report.outcomes for m in outcome.measurements]
    return max((m.value / m.budget for m in measured if m.kind == "time"), default=0.0)


def main(arguments: list[str]) -> int:
    """Grade, compare, and say how it went."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("assignment")
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--neighbours", type=int, default=2, help="busy processes meanwhile")
    options = parser.parse_args(arguments)
    assignment = find_assignment(ROOT, options.assignment)
    assert assignment.private is not None
    request = GradingRequest(root=ROOT, assignment=assignment.id, submission=assignment.private)
    seen: Counter[tuple[Told, ...]] = Counter()
    shares, started = [], time.monotonic()
    with busy_neighbours(options.neighbours):
        for number in range(1, options.times + 1):
            report = grade_in_subprocess(request, 2 * assignment.limits.run_s)
            seen[tuple(map(told, report.outcomes))] += 1
            shares.append(time_share(report))
            if number % 10 == 0:
                print(f"{number}: {len(seen)} kinds of report", flush=True)
    usual, _ = seen.most_common(1)[0]
    for other, count in seen.most_common()[1:]:
        differing = [row for row, wanted in zip(other, usual, strict=True) if row != wanted]
        print(f"{count} times otherwise: {differing}")
    took = time.monotonic() - started
    print(
        f"{options.times} gradings of {assignment.id} in {took:.0f} s beside"
        f" {options.neighbours} busy processes: {len(seen)} kinds of report; at most"
        f" {max(shares):.0%} of a time budget used"
    )
    return 0 if len(seen) == 1 and all(row.verdict == "PASSED" for row in usual) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
