"""`autograder zip`: the zip to upload to Gradescope as the autograder of an assignment."""

import argparse

from autograder.cli.places import course_root, progress_of, staff_assignment
from autograder.gradescope.package import build_zip
from autograder.model.course import load_course
from autograder.model.units import show_points


def run(options: argparse.Namespace) -> int:
    """Build the zip and say what to choose in Gradescope's settings."""
    root = course_root()
    assignment = staff_assignment(root, options.assignment)
    out = options.out or root / "build" / f"{assignment.id}-gradescope.zip"
    secret = load_course(root).secret()
    progress_of(assignment.id)("the Gradescope zip: the wheel, the checks and the secret")
    build_zip(assignment, root, out, secret)
    asked = assignment.gradescope
    extra = sum(part.points for part in assignment.parts if part.optional)
    more = f", and up to {show_points(extra)} of extra credit above it" if extra else ""
    print(
        f"wrote {out} ({out.stat().st_size / 1000:.0f} kB)\n"
        f"in Gradescope choose: Ubuntu 22.04, {asked.cpus:g} CPU, {asked.memory},"
        f" time limit {asked.time_limit_minutes:g} minutes\n"
        f"set the total to {show_points(assignment.points)} points{more}\n"
        f"try it here first: autograder simulate {out} SUBMISSION"
    )
    return 0
