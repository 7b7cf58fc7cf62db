"""`autograder list`: the assignments of this course."""

import argparse
from typing import Any


def add(commands: Any) -> None:
    """Declare the command."""
    command = commands.add_parser(
        "list", help="the assignments in this folder", description="List the assignments."
    )
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print one row an assignment."""
    from autograder.cli.places import course_root
    from autograder.grading.declaring.declare import declared_checks
    from autograder.model.course import all_assignments
    from autograder.model.units import show_points

    root = course_root()
    for assignment in all_assignments(root):
        checks = len(declared_checks(assignment, hidden=assignment.private is not None))
        hours = sum(part.hours for part in assignment.parts if not part.optional)
        print(
            f"{assignment.id:<24} {assignment.title} -"
            f" {show_points(assignment.points)} points, {hours:g} hours, {checks} checks"
        )
        print(f"{'':<24} files: {', '.join(assignment.submit)}")
    return 0
