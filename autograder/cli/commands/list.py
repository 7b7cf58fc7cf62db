"""`autograder list`: the assignments of this course."""

import argparse

from autograder.cli.places import course_root
from autograder.grading.declaring.declare import declared_checks
from autograder.model.course import all_assignments
from autograder.model.units import show_points


def run(options: argparse.Namespace) -> int:
    """Print two rows for each assignment."""
    for assignment in all_assignments(course_root()):
        checks = len(declared_checks(assignment, hidden=assignment.private is not None))
        hours = sum(part.hours for part in assignment.parts if not part.optional)
        extra = sum(part.points for part in assignment.parts if part.optional)
        more = f" and {show_points(extra)} of extra credit" if extra else ""
        print(
            f"{assignment.id:<24} {assignment.title} -"
            f" {show_points(assignment.points)} points{more}, {hours:g} hours, {checks} checks"
        )
        print(f"{'':<24} files: {', '.join(assignment.submit)}")
    return 0
