"""`autograder verify`: prove that an assignment grades as its author says."""

import argparse
from typing import Any

from autograder.cli.numbers import positive_count


def add(commands: Any) -> None:
    """Declare the command."""
    command = commands.add_parser(
        "verify",
        help="staff: prove an assignment's checks",
        description="Build both zips, unpack them, and grade by them, as a student's machine and as"
        " Gradescope would: the reference, the template, every must-fail program and every accepted"
        " variant. Exit status 1 when anything is not as its author declares, or differs.",
    )
    command.add_argument("assignment", nargs="?", help="such as sgd")
    command.add_argument("--all", action="store_true", help="every assignment")
    command.add_argument(
        "--quick",
        action="store_true",
        help="reference and zips once, two too-slow programs; at home three variants and every"
        " fourth program",
    )
    command.add_argument(
        "--jobs", type=positive_count, metavar="N", help="gradings at a time (default: usable CPUs)"
    )
    command.add_argument(
        "--record", action="store_true", help="with --all: write the grader's score into README.md"
    )
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Verify, and tell the grader's own score; status 1 when anything is not as declared."""
    from autograder.authoring.proofs.score import (
        Tried,
        record_problems,
        regressions,
        score_of,
        with_declared,
    )
    from autograder.authoring.proofs.score_table import recorded_scores, show, write_score
    from autograder.authoring.verify import verify
    from autograder.cli.places import course_root, staff_assignments
    from autograder.machine.facts import usable_cpus
    from autograder.model.errors import UsageError

    if options.record and (options.quick or not options.all):
        raise UsageError("--record is for a whole run: --all, without --quick")
    root = course_root()
    before = recorded_scores(root)
    scores, problems = [], []
    for assignment in staff_assignments(root, options.assignment, options.all):
        tried, published = Tried(), options.record or assignment.id in before
        problems += verify(
            assignment,
            root,
            quick=options.quick,
            jobs=options.jobs or usable_cpus(),
            say=print,
            published=published,
            on_program=tried.add,
        )
        told = list(record_problems(assignment, published))
        scores.append(score_of(assignment, tried))
        score = with_declared(scores[-1], assignment) if options.quick else scores[-1]
        told += regressions([score], before)
        problems += _told(told)
    seen = {score.assignment for score in scores}
    gone = sorted(set(before) - seen) if options.all else []
    problems += _told(
        [f"{name}: README.md has its score, but there is no such assignment" for name in gone]
    )
    print("\n".join(show(scores)))
    if options.record and problems:
        print("README.md stays as it is: there are findings")
    elif options.record:
        print(f"written: {write_score(root, scores).name}")
    return 1 if problems else 0


def _told(problems: list[str]) -> list[str]:
    """They, after they are printed."""
    print("\n".join(f"NOT  {problem}" for problem in problems), end="\n" if problems else "")
    return problems
