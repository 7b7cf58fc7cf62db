"""`autograder new`: a new assignment that passes `verify` at once, or the course secret."""

import argparse

from autograder.authoring.scaffold import scaffold
from autograder.authoring.secret import make_secret
from autograder.cli.places import course_checkout
from autograder.model.course import load_course
from autograder.model.errors import UsageError


def run(options: argparse.Namespace) -> int:
    """Write the files and say what to do next."""
    if not (options.secret or options.assignment):
        raise UsageError("name the new assignment, or say --secret")
    root = course_checkout()
    if options.secret:
        path = make_secret(load_course(root), root)
        print(f"wrote {path}: keep a copy with the course; regrades need the same secret")
    if options.assignment:
        for path in scaffold(root, options.assignment):
            print(f"wrote {path.relative_to(root)}")
        print(f"next: autograder verify {options.assignment}")
    return 0
