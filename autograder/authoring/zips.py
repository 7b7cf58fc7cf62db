"""Both zips as they are handed out; the student's holds nothing private, or it is not built."""

from collections.abc import Callable
from pathlib import Path

from autograder.gradescope.package import build_zip
from autograder.model.assignment import Assignment
from autograder.model.course import load_course
from autograder.model.errors import AutograderError
from autograder.release.student_zip import zip_template

STUDENT, GRADESCOPE = "student zip", "Gradescope zip"


def build_zips(
    assignment: Assignment, root: Path, folder: Path, times: int
) -> tuple[dict[str, Path], list[str]]:
    """Build each zip so many times into `folder`; gives those that could be, and what is wrong.

    Whether the template is fresh is not asked again.
    """
    secret = load_course(root).secret()
    builders: dict[str, Callable[[Path], object]] = {
        STUDENT: lambda out: zip_template(assignment, root, out),
        GRADESCOPE: lambda out: build_zip(assignment, root, out, secret),
    }
    built: dict[str, Path] = {}
    problems = []
    for name, build in builders.items():
        outs = [folder / f"{name}-{number}.zip" for number in range(times)]
        try:
            for out in outs:
                build(out)
        except AutograderError as error:
            problems.append(f"{name}: {error}")
            continue
        built[name] = outs[0]
        if any(out.read_bytes() != outs[0].read_bytes() for out in outs[1:]):
            problems.append(f"{name}: two builds differ")
    return built, problems
