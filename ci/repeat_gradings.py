"""Grade right work many times under load, hidden checks too: each verdict, point and text the same.

    python ci/repeat_gradings.py sgd --times 200 --neighbours 2
    python ci/repeat_gradings.py sgd --record      also writes reference/sgd/repeats.toml

Measured quantities vary and are left out; the verdict on them must not. Prints what differs, and
the largest share of a time budget that was ever used; exit status 1 when anything differs.
"""

import argparse
import sys
import time
from collections import Counter
from pathlib import Path

from autograder.authoring.proofs.conditions import busy_neighbours
from autograder.authoring.proofs.repeats import (
    Results,
    repeats_of,
    results_of,
    time_share,
    unusual_reports,
)
from autograder.cli.places import staff_assignment
from autograder.grading.context.request import GradingRequest
from autograder.grading.running.subprocess_grading import grade_in_subprocess
from autograder.model.course import load_course

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str]) -> int:
    """Grade, compare, and say how it went."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("assignment")
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--neighbours", type=int, default=2, help="busy processes meanwhile")
    parser.add_argument("--record", action="store_true", help="write reference/ID/repeats.toml")
    options = parser.parse_args(arguments)
    assignment = staff_assignment(ROOT, options.assignment)
    assert assignment.private is not None
    request = GradingRequest(
        root=ROOT,
        assignment=assignment.id,
        submission=assignment.private,
        hidden=True,
        secret_file=load_course(ROOT).secret_path(),
    )
    seen: Counter[Results] = Counter()
    shares, started = [], time.monotonic()
    with busy_neighbours(options.neighbours):
        for number in range(1, options.times + 1):
            report = grade_in_subprocess(request, 2 * assignment.limits.run_s)
            seen[results_of(report)] += 1
            shares.append(time_share(report))
            if number % 10 == 0:
                print(f"{number}: {len(seen)} kinds of report", flush=True)
    for line in unusual_reports(seen):
        print(line)
    took = time.monotonic() - started
    found = repeats_of(assignment, seen, shares, options.neighbours, took)
    print(
        f"{found.gradings} gradings of {assignment.id} in {found.seconds} s beside"
        f" {found.neighbours} busy processes: {found.kinds} kinds of report, {found.flips} flips;"
        f" at most {found.time_share:.0%} of a time budget used"
    )
    if options.record:
        print(f"written: {found.write(assignment).relative_to(ROOT)}")
    return 1 if found.flips else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
