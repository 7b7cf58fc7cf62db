"""`autograder verify`: prove that an assignment grades as its author says."""

import argparse
from typing import Any


def add(commands: Any) -> None:
    """Declare the command."""
    command = commands.add_parser("verify", help="staff: prove an assignment's checks")
    command.add_argument("assignment", nargs="?")
    command.add_argument("--all", action="store_true", help="every assignment")
    command.add_argument("--quick", action="store_true", help="each program once, budgets sampled")
    command.add_argument("--jobs", type=int, default=0, metavar="N", help="default: usable CPUs")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Verify; status 1 when anything is not as declared."""
    from autograder.authoring.verify import verify
    from autograder.cli.places import assignments_named, course_root
    from autograder.sandbox.machine import usable_cpus

    root = course_root()
    jobs = options.jobs or usable_cpus()
    failed = False
    for assignment in assignments_named(root, options.assignment, options.all):
        findings = verify(assignment, root, quick=options.quick, jobs=jobs, say=print)
        failed = failed or bool(findings)
    return 1 if failed else 0
