"""Before a class: the grader itself is tried on work whose grade is known.

A grader that fails our own solution, or that gives points for a template, would do so 300 times.
"""

from pathlib import Path

from autograder.classroom.submissions import Graded, Status
from autograder.model.assignment import Assignment
from autograder.model.errors import GraderError
from autograder.model.report import Report
from autograder.model.units import show_points
from autograder.model.verdict import Verdict
from autograder.release.template import template_folder

ERRORS, AMONG = 5, 20  # so many grader errors among the first gradings end the run
_STOP = "nothing of the class was graded: fix the assignment, and start again"


def known_work(assignment: Assignment, root: Path) -> dict[str, Path]:
    """The submissions whose grades are known. Raises GraderError where there is no template."""
    assert assignment.private is not None
    template = template_folder(assignment, root)
    if not (template / assignment.module).is_file():
        raise GraderError(
            f"{template} has no {assignment.module}: run `autograder release {assignment.id}`"
        )
    return {"the reference": assignment.private, "the template": template}


def require_known_grades(graded: dict[str, Graded]) -> None:
    """Raises GraderError, with the checks, unless the reference passes all, the template none."""
    for name, each in graded.items():
        if each.status is not Status.GRADED or each.report is None:
            raise GraderError(f"{name} could not be graded: {each.problem}; {_STOP}")
    reference, template = graded["the reference"].report, graded["the template"].report
    assert reference and template
    _require(reference, "the reference", Verdict.PASSED)
    if template.score:
        passed = [o.check.id for o in template.outcomes if o.score]
        points = show_points(template.score)
        raise GraderError(f"the template has {points} points, for {', '.join(passed)}; {_STOP}")


def _require(report: Report, name: str, verdict: Verdict) -> None:
    other = [
        f"{o.check.id} is {o.verdict.value}" for o in report.outcomes if o.verdict is not verdict
    ]
    if other:
        raise GraderError(f"{name} does not pass: {', '.join(other)}; {_STOP}")


class FirstErrors:
    """Counts grader errors among the first gradings of a run."""

    def __init__(self) -> None:
        self._seen, self._errors = 0, list[Graded]()

    def add(self, graded: Graded) -> None:
        """Raises GraderError when there are too many."""
        self._seen += 1
        if graded.status is Status.GRADER_ERROR and self._seen <= AMONG:
            self._errors.append(graded)
        if len(self._errors) == ERRORS:
            raise GraderError(
                f"stopped: {ERRORS} of the first {self._seen} gradings are grader errors; the"
                f" last: {self._errors[-1].problem}. Fix it, and run the same command again"
            )
