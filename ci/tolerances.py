"""Measure how near right programs come to the tolerances that follow from rounding.

    python ci/tolerances.py sgd --seeds 200 --record

Grades the reference and every accepted variant with so many public seeds, hidden checks too; checks
with budgets with a fortieth of them. The reference runs on each instruction set that numpy and
OpenBLAS can be limited to here, with one and with two threads of BLAS; each variant on the widest
and the narrowest, with one thread and with two, with a quarter of the seeds each. Prints of each
check the comparison that came nearest, and what is loose. Exit status 1 when one used a tenth of
what is allowed or more; else `--record` writes the figures to reference/ID/tolerances.toml, which
`autograder verify` asks for.
"""

import argparse
import os
import sys
import time
from pathlib import Path

from autograder.authoring.proofs.measure_tolerances import measure
from autograder.authoring.proofs.tolerances import loose, too_near
from autograder.cli.places import staff_assignment

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str]) -> int:
    """Measure, show, and record what is good."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("assignment")
    parser.add_argument("--seeds", type=int, default=200)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="gradings at a time")
    parser.add_argument("--record", action="store_true", help="write the figures if all are good")
    options = parser.parse_args(arguments)
    if options.seeds < 1:
        parser.error("--seeds must be at least 1")
    assignment = staff_assignment(ROOT, options.assignment)
    started = time.monotonic()
    found = measure(assignment, ROOT, options.seeds, options.jobs, say=_say)
    print("\n".join(found.table()))
    for line in loose(found.comparisons):
        print(f"loose: {line}")
    refused = list(too_near(found.comparisons))
    for line in refused:
        print(f"too near: {line}", file=sys.stderr)
    print(
        f"{assignment.id}: {len(found.comparisons)} comparisons, {found.programs} programs,"
        f" {found.seeds} seeds, {time.monotonic() - started:.0f} s: {len(refused)} too near"
    )
    if refused:
        return 1
    if options.record:
        print(f"written: {found.write(assignment).relative_to(ROOT)}")
    return 0


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
