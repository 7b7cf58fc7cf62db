"""`autograder release`: the template and the student zip, generated from the reference."""

import argparse

from autograder.cli.places import course_root, staff_assignments
from autograder.release import release_assignment


def run(options: argparse.Namespace) -> int:
    """Release one assignment or all."""
    root = course_root()
    for assignment in staff_assignments(root, options.assignment, options.all):
        result = release_assignment(assignment, root, options.out or root / "build")
        for line in result.lines():
            print(line)
    return 0
