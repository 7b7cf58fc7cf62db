"""`autograder grade`: grade a class, on this machine."""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import msgspec

from autograder.classroom.choosing import assignment_in, chosen
from autograder.classroom.engine.grade_class import GradeOptions, grade_class
from autograder.classroom.engine.out_folder import COPIES, OutFolder, opened
from autograder.classroom.engine.progress import ClassProgress, progress_on
from autograder.classroom.engine.safety import require_linux
from autograder.classroom.outputs.canvas import fill_canvas
from autograder.classroom.outputs.class_page.page import write_class_page
from autograder.classroom.outputs.gradebook import column_of, read_gradebook
from autograder.classroom.outputs.grades import write_grades
from autograder.classroom.submissions import Graded, Status
from autograder.classroom.taking_in.handed import Handed, require_apart, take_in_class
from autograder.cli.places import course_root, staff_assignment
from autograder.grading.context.request import GradingRequest
from autograder.grading.declaring.declare import declared_checks
from autograder.grading.running.selection import select
from autograder.model.assignment import Assignment
from autograder.model.errors import UsageError
from autograder.model.units import counted


def run(options: argparse.Namespace) -> int:
    """Grade what is new; status 2 unless every submission has a grade."""
    require_linux()
    root = course_root()
    progress = progress_on(sys.stdout)
    try:
        progress.say(f"reading {options.path}")
        name = options.assignment or assignment_in(options.path, root)
        assignment = staff_assignment(root, name)
        _require_sense(assignment, root, options)
        with opened(options.out, progress.say) as out:
            return _grade(assignment, root, out, options, progress)
    except KeyboardInterrupt:
        progress.say("what is graded is kept: the same command goes on")
        raise
    finally:
        progress.close()


def _grade(
    assignment: Assignment,
    root: Path,
    out: OutFolder,
    options: argparse.Namespace,
    progress: ClassProgress,
) -> int:
    handed = take_in_class(options.path, assignment, out.path / COPIES, options.roster)
    _say_what_was_handed_in(handed, assignment, progress)
    asked = GradeOptions(
        checks=tuple(options.check), jobs=options.jobs, trusted=options.i_trust_these
    )
    ids = chosen(handed.submissions, options.only, options.sample)
    graded = grade_class(handed.submissions, ids, assignment, root, out, asked, progress)
    _write(out.path, handed, graded, assignment, options, progress)
    _say_how_it_went(graded, progress)
    return 0 if all(each.status is Status.GRADED for each in graded) else 2


def _write(
    out: Path,
    handed: Handed,
    graded: Sequence[Graded],
    assignment: Assignment,
    options: argparse.Namespace,
    progress: ClassProgress,
) -> None:
    """What is about the class as a whole; the page leaves out what was not asked for."""
    write_grades(out / "grades.csv", handed, graded)
    ids = {each.id for each in graded}
    shown = tuple(each for each in handed.submissions if each.id in ids)
    on_page = msgspec.structs.replace(handed, submissions=shown)
    write_class_page(out / "class.html", on_page, graded, assignment, options.anonymous)
    if options.canvas:
        filled = out / "canvas.csv"
        for notice in fill_canvas(options.canvas, filled, handed, graded, options.canvas_column):
            progress.say(f"note: {notice}")
    progress.say(f"wrote the grades and the pages into {out}")


def _require_sense(assignment: Assignment, root: Path, options: argparse.Namespace) -> None:
    """Raises UsageError, before hours of grading, for what cannot be done after them."""
    require_apart(options.out, options.path)
    if options.canvas:
        names = {assignment.id, assignment.title}
        column_of(read_gradebook(options.canvas), names, options.canvas_column)
        if options.check:
            raise UsageError("with --check there are no whole scores: leave out --canvas")
    request = GradingRequest(
        root=root,
        assignment=assignment.id,
        submission=options.path,
        hidden=True,
        checks=tuple(options.check),
    )
    select(request, declared_checks(assignment, hidden=True))


def _say_what_was_handed_in(
    handed: Handed, assignment: Assignment, progress: ClassProgress
) -> None:
    progress.say(f"{assignment.id}: {counted(len(handed.submissions), 'submission')}")
    for notice in handed.notices:
        progress.say(f"note: {notice}")
    if handed.missing:
        progress.say(f"{counted(len(handed.missing), 'student')} of the roster handed in nothing")


def _say_how_it_went(graded: Sequence[Graded], progress: ClassProgress) -> None:
    counts = Counter(each.status for each in graded)
    words = [f"{status.value} {counts[status]}" for status in Status if counts[status]]
    progress.say(", ".join(words) or "nothing was graded")
    if counts.keys() - {Status.GRADED}:
        progress.say("what is not graded has no score; the same command grades it again")
