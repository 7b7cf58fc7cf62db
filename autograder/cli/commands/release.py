"""`autograder release`: what is generated from the reference: template, tables, student zip."""

import argparse

from autograder.authoring.requirements_page import PAGE, write_page
from autograder.cli.places import course_root, staff_assignments
from autograder.release import release_assignment


def run(options: argparse.Namespace) -> int:
    """Release one assignment or all."""
    root = course_root()
    for assignment in staff_assignments(root, options.assignment, options.all):
        result = release_assignment(assignment, root, options.out or root / "build")
        for line in result.lines():
            print(line)
    if write_page(root):
        print(f"written: {PAGE}")
    return 0
