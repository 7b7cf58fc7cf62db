"""The files of one submission: what may be given to students, and apart from it what staff read."""

import shutil
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import msgspec

from autograder.classroom.engine.out_folder import remove_unfinished
from autograder.classroom.submissions import Graded, Status
from autograder.gradescope.results_file import write_results
from autograder.gradescope.runner.staff_log import STAFF_TEXT, outcome_lines, report_lines
from autograder.grading.declaring.explanation import Explanation, explain
from autograder.grading.mistakes.known_mistakes import recognisable
from autograder.machine.files import write_atomically
from autograder.model.assignment import Assignment
from autograder.model.report import Report
from autograder.model.units import show_seconds
from autograder.render.disclosure import clean_text
from autograder.render.gradescope_results import render_results
from autograder.render.html.page import render
from autograder.render.json_report import dumps

STUDENTS, STAFF = "students", "staff"  # folders, with one for each submission


class Pages:
    """Writes them, all of one assignment."""

    def __init__(self, out: Path, assignment: Assignment, root: Path) -> None:
        self._out = out
        public = msgspec.structs.replace(assignment, private=None)  # what students have at home
        self._passages = {False: _Passages(public, root), True: _Passages(assignment, root)}

    def write(self, graded: Graded, notes: Sequence[str] = ()) -> None:
        """The files of a submission; only a submission that is GRADED has any for students.

        `notes` of its intake are for staff.
        """
        report = graded.report if graded.status is Status.GRADED else None
        students = self._out / STUDENTS / graded.id
        if report is None:
            shutil.rmtree(students, ignore_errors=True)  # of an earlier grading
        else:
            _private(students)
            # in Gradescope's results no check is missing, and none may be there in part
            write_results(students / "results.json", render_results(report))
            self._write_page(students, report, staff=False)
        self._write_for_staff(graded, notes)

    def _write_for_staff(self, graded: Graded, notes: Sequence[str]) -> None:
        folder = self._out / STAFF / graded.id
        _private(folder)
        _write(folder / "log.txt", "\n".join([*_log(graded), *notes]) + "\n")
        if graded.report is None:
            for name in ("report.html", "report.json"):
                (folder / name).unlink(missing_ok=True)
            return
        _write(folder / "report.json", dumps(graded.report, staff=True))
        self._write_page(folder, graded.report, staff=True)

    def _write_page(self, folder: Path, report: Report, *, staff: bool) -> None:
        page = render(report, staff=staff, explanations=self._passages[staff].of(report))
        _write(folder / "report.html", page)


class _Passages:
    """What the checks are about, which is the same on all pages."""

    def __init__(self, assignment: Assignment, root: Path) -> None:
        self._assignment, self._root = assignment, root
        self._explained: dict[str, Explanation] = {}

    @cached_property
    def _mistakes(self) -> dict[str, list[str]]:
        return recognisable(self._assignment, self._root)

    def of(self, report: Report) -> dict[str, Explanation]:
        """The explanations of its checks; without the reference, of visible ones."""
        for check in (outcome.check for outcome in report.outcomes):
            known = check.visible or self._assignment.private
            if known and check.id not in self._explained:
                mistakes = self._mistakes.get(check.id, ())
                self._explained[check.id] = explain(check, self._assignment, mistakes)
        return self._explained


def _log(graded: Graded) -> list[str]:
    """As the log of Gradescope, which only staff can read."""
    lines = [f"{graded.status.value}, after {show_seconds(graded.wall_s)} on {graded.host or '-'}"]
    lines += clean_text(graded.problem, STAFF_TEXT).splitlines()
    if graded.report:
        for outcome in graded.report.outcomes:
            lines += outcome_lines(outcome)
        lines += report_lines(graded.report)
    return lines


def _private(folder: Path) -> None:
    folder.parent.mkdir(mode=0o700, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    remove_unfinished(folder)


def _write(path: Path, text: str) -> None:
    write_atomically(path, text.encode())
