"""`autograder verify`: prove that an assignment grades as its author says."""

import argparse
from typing import Any

from autograder.cli.numbers import positive_count


def add(commands: Any) -> None:
    """Declare the command."""
    command = commands.add_parser(
        "verify",
        help="staff: prove an assignment's checks",
        description="Grade the reference, the template, every must-fail program and every accepted"
        " variant; build the zips. Exit status 1 when anything is not as its author declares.",
    )
    command.add_argument("assignment", nargs="?", help="such as sgd")
    command.add_argument("--all", action="store_true", help="every assignment")
    command.add_argument(
        "--quick", action="store_true", help="the reference once, two too-slow programs, no zips"
    )
    command.add_argument(
        "--jobs", type=positive_count, metavar="N", help="gradings at a time (default: usable CPUs)"
    )
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Verify; status 1 when anything is not as declared."""
    from autograder.authoring.verify import verify
    from autograder.cli.places import course_root, staff_assignments
    from autograder.sandbox.machine import usable_cpus

    root = course_root()
    jobs = options.jobs or usable_cpus()
    failed = False
    for assignment in staff_assignments(root, options.assignment, options.all):
        findings = verify(assignment, root, quick=options.quick, jobs=jobs, say=print)
        failed = failed or bool(findings)
    return 1 if failed else 0
