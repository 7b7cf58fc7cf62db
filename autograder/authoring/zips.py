"""Both zips can be built, twice with the same bytes, and the student's holds nothing private."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from autograder.gradescope.package import build_zip
from autograder.model.assignment import Assignment
from autograder.model.course import load_course
from autograder.model.errors import AutograderError
from autograder.release.student_zip import build_student_zip


def zip_problems(assignment: Assignment, root: Path) -> list[str]:
    """What is wrong with the zips."""
    secret = load_course(root).secret()
    builders: dict[str, Callable[[Path], object]] = {
        "student zip": lambda out: build_student_zip(assignment, root, out),
        "Gradescope zip": lambda out: build_zip(assignment, root, out, secret),
    }
    problems = []
    with tempfile.TemporaryDirectory(prefix="zips-") as scratch:
        for name, build in builders.items():
            outs = [Path(scratch) / f"{name}-{number}.zip" for number in (1, 2)]
            try:
                for out in outs:
                    build(out)
            except AutograderError as error:
                problems.append(f"{name}: {error}")
                continue
            if outs[0].read_bytes() != outs[1].read_bytes():
                problems.append(f"{name}: two builds differ")
    return problems
