"""Change a reference in many small ways and see whether its checks notice each change.

    python ci/mutation.py sgd                          all mutants, two gradings at a time
    python ci/mutation.py sgd --only error_rate        those of a function, or one by its id
    python ci/mutation.py sgd --record                 also writes reference/sgd/mutation.toml

A mutant is graded like a submission, with hidden checks and secret inputs. One that no check
rejects is a gap to close with a check, or to be explained in reference/<id>/survivors.md. Exit
status 1 when one is neither, 2 when a check breaks down on a mutant: that is our fault.
"""

import argparse
import sys
import time
from pathlib import Path

from autograder.authoring.proofs.mutants import Mutant, mutants_of
from autograder.authoring.proofs.mutation import Fate, grade_mutants
from autograder.authoring.proofs.mutation_record import mutation_of
from autograder.cli.places import staff_assignment
from autograder.model.assignment import Assignment
from autograder.model.errors import AutograderError, UsageError

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str]) -> int:
    """Grade the mutants, say which survive and whether that is explained."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("assignment")
    parser.add_argument("--jobs", type=int, default=2, help="gradings at a time (default: 2)")
    parser.add_argument("--only", metavar="NAME", help="a function, or the beginning of an id")
    parser.add_argument("--record", action="store_true", help="write reference/ID/mutation.toml")
    options = parser.parse_args(arguments)
    try:
        return run(options.assignment, options.jobs, options.only, options.record)
    except AutograderError as error:
        print(f"ci/mutation.py: {error}", file=sys.stderr)
        return 2


def run(name: str, jobs: int, only: str | None, record: bool) -> int:
    """Grade the mutants of one assignment; returns the exit status."""
    if only and record:
        raise UsageError("a record is of all mutants: leave out --only or --record")
    assignment = staff_assignment(ROOT, name)
    mutants = chosen(assignment, only)
    print(f"{name}: {len(mutants)} mutants, {jobs} at a time", flush=True)
    started = time.monotonic()
    results = grade_mutants(assignment, ROOT, mutants, jobs, lambda text: print(text, flush=True))
    found = mutation_of(assignment, results, time.monotonic() - started)
    print("\n".join([*found.table(), f"in {found.seconds} s"]))
    broken = [result for result in results if result.fate is Fate.BROKEN]
    for result in broken:
        print(f"BROKEN {result.mutant.id}: {result.reason}", file=sys.stderr)
    if broken:
        print("the grader broke down: nothing is recorded", file=sys.stderr)
        return 2
    if record:
        print(f"written: {found.write(assignment).relative_to(ROOT)}")
    if only:  # of the others it is not known whether they survive
        problems = [f"not explained: {name}" for name in found.unexplained(assignment)]
    else:
        problems = list(found.findings(assignment))
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def chosen(assignment: Assignment, only: str | None) -> list[Mutant]:
    """The mutants to grade. Raises UsageError when none is of that name."""
    everything = mutants_of(assignment)
    if not only:
        return everything
    found = [m for m in everything if m.id.startswith(only) or m.id.split("/")[0] == only]
    if not found:
        functions = sorted({mutant.id.split("/")[0] for mutant in everything})
        raise UsageError(f"no mutant of {only!r}; there are some of {', '.join(functions)}")
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
