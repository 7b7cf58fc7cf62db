"""`autograder release`: what is generated from the reference: template, tables, student zip."""

import argparse
from pathlib import Path

from autograder.authoring.requirements_page import PAGE, write_page
from autograder.cli.places import course_root, progress_of, staff_assignments
from autograder.model.assignment import Assignment
from autograder.release import release_assignment, release_problems


def run(options: argparse.Namespace) -> int:
    """Release one assignment or all; with --check only say why that would be refused."""
    root = course_root()
    assignments = staff_assignments(root, options.assignment, options.all)
    if options.check:
        return max(_check(assignment, root) for assignment in assignments)
    for assignment in assignments:
        out = options.out or root / "build"
        result = release_assignment(assignment, root, out, progress_of(assignment.id))
        for line in result.lines():
            print(line)
    if write_page(root):
        print(f"written: {PAGE}")
    return 0


def _check(assignment: Assignment, root: Path) -> int:
    """1 where a release would be refused, with the reasons."""
    problems = release_problems(assignment, root, progress_of(assignment.id))
    for problem in problems:
        print(f"NOT  {problem}")
    print(f"{assignment.id}: {'would be refused' if problems else 'can be released'}")
    return 1 if problems else 0
