"""`autograder release`: the template and the student zip, generated from the reference."""

import argparse
from pathlib import Path
from typing import Any


def add(commands: Any) -> None:
    """Declare the command."""
    command = commands.add_parser(
        "release",
        help="staff: generate template and student zip",
        description="Generate the template, the handout's tables and the student zip.",
    )
    command.add_argument("assignment", nargs="?", help="such as sgd")
    command.add_argument("--all", action="store_true", help="every assignment")
    command.add_argument("--out", type=Path, metavar="DIR", help="for the zip (default: build/)")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Release one assignment or all."""
    from autograder.cli.places import course_root, staff_assignments
    from autograder.release import release_assignment

    root = course_root()
    for assignment in staff_assignments(root, options.assignment, options.all):
        result = release_assignment(assignment, root, options.out or root / "build")
        for line in result.lines():
            print(line)
    return 0
