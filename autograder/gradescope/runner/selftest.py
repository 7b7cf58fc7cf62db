"""The self-test: in this image the reference gets full marks, and the template gets none.

The last step of setup.sh runs it: `python -I -B -m autograder.gradescope.runner.selftest ROOT`.
"""

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from autograder.gradescope.plan import Layout, Plan, read_plan, server_request
from autograder.model.errors import AutograderError, GraderError
from autograder.model.report import Report
from autograder.model.verdict import Verdict
from autograder.render.points import points_in

TEMPLATE = "template"
TIME_LIMIT_S = 1200.0

GradeFolder = Callable[[Plan, Path], Report]


def selftest(plan: Plan, grade: GradeFolder) -> None:
    """Grade the reference and the template.

    Raises GraderError with a line for each result that is not as it must be.
    """
    reference = plan.layout.private / "reference" / plan.assignment.id
    template = plan.layout.private / TEMPLATE
    problems = [
        *_of_reference(_grade_files("reference", plan, reference, grade)),
        *_of_template(_grade_files("template", plan, template, grade)),
    ]
    if problems:
        raise GraderError("this image cannot grade:\n  " + "\n  ".join(problems))


def _grade_files(what: str, plan: Plan, source: Path, grade: GradeFolder) -> Report:
    """Grade the files of `source` that students submit, alone in a folder."""
    assignment = plan.assignment
    with tempfile.TemporaryDirectory() as folder:
        for name in assignment.taken:
            if (source / name).is_file():
                shutil.copyfile(source / name, Path(folder) / name)
        report = grade(plan, Path(folder))
    print(f"{what}: {points_in(report).text}")
    return report


def _of_reference(report: Report) -> Iterator[str]:
    for outcome in report.outcomes:
        if outcome.verdict is not Verdict.PASSED:
            message = " ".join(outcome.message.lines()) if outcome.message else ""
            text = f"{outcome.check.id}: {outcome.verdict.value} {message} {outcome.staff}"
            yield f"the reference fails {text.strip()}"
    if not report.outcomes:
        yield "no check ran on the reference"


def _of_template(report: Report) -> Iterator[str]:
    if report.score > 0:
        scored = ", ".join(o.check.id for o in report.outcomes if o.score > 0)
        yield f"the template, with nothing filled in, gets points from {scored}"
    for outcome in report.broken:
        yield f"on the template, {outcome.check.id} breaks the grader: {outcome.staff}"


def grade_apart(plan: Plan, submission: Path) -> Report:
    """Grade in a fresh interpreter, hidden checks included."""
    from autograder.grading.running.subprocess_grading import grade_in_subprocess

    request = server_request(plan.layout, plan.assignment.id, submission)
    return grade_in_subprocess(request, TIME_LIMIT_S)


def main(arguments: Sequence[str]) -> int:
    """Test the image whose root is given."""
    try:
        selftest(read_plan(Layout(Path(arguments[0]).resolve())), grade_apart)
    except AutograderError as error:
        print(f"self-test failed: {error}", file=sys.stderr)
        return 1
    print("self-test passed")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
