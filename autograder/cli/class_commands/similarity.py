"""`autograder similarity`: which submissions have how much in common."""

import argparse
import importlib.util
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.classroom.choosing import assignment_in
from autograder.classroom.taking_in.handed import Handed, require_apart, take_in_class
from autograder.cli.places import course_root
from autograder.machine.threads import pin_threads
from autograder.model.assignment import Assignment
from autograder.model.course import find_assignment
from autograder.model.errors import UsageError
from autograder.model.units import counted
from autograder.render.disclosure import one_line
from autograder.render.terminal.writers import is_capable

if TYPE_CHECKING:
    from autograder.classroom.similarity.pairs import Progress, Similarities

_PAGE = "similarity.html"
_PRINTED = 10
_LIBRARY = "copydetect"


def run(options: argparse.Namespace) -> int:
    """Write the page; status 0 whatever is in common: that is for a person to judge."""
    _require_library()
    root = course_root()
    print(f"reading {options.path}", flush=True)
    assignment = find_assignment(root, options.assignment or assignment_in(options.path, root))
    template = _template(root, assignment)
    require_apart(options.out, options.path)
    _make(options.out)
    with tempfile.TemporaryDirectory(prefix="similarity-") as copies, _progress() as progress:
        handed = take_in_class(options.path, assignment, Path(copies) / "copies")
        found = _compare(handed, assignment, template, options.top, progress)
    from autograder.classroom.similarity.page import write_similarity_page

    write_similarity_page(options.out / _PAGE, found, assignment)
    _say(handed, found, options.out / _PAGE)
    return 0


def _require_library() -> None:
    if importlib.util.find_spec(_LIBRARY) is None:
        raise UsageError(
            f"{_LIBRARY} is not installed, with which submissions are compared: in the course's"
            " checkout run quickstart.py again, or `python -m pip install -c ci/constraints.txt"
            ' -e ".[similarity]"`'
        )


def _template(root: Path, assignment: Assignment) -> Path:
    """The folder with what every student was given, which is no similarity."""
    folder = root / "student_templates" / assignment.id
    if not (folder / assignment.module).is_file():
        raise UsageError(
            f"{folder} does not hold {assignment.module}, which students start from: run"
            f" `autograder release {assignment.id}`"
        )
    return folder


def _make(out: Path) -> None:
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out} is no folder: name one for the page")
    out.mkdir(mode=0o700, parents=True, exist_ok=True)


def _compare(
    handed: Handed, assignment: Assignment, template: Path, top: int, progress: "Progress"
) -> "Similarities":
    pin_threads()
    from autograder.classroom.similarity.pairs import compare_class  # numpy, after the threads

    return compare_class(handed.submissions, assignment, template, top, progress)


def _say(handed: Handed, found: "Similarities", page: Path) -> None:
    from autograder.classroom.similarity.page import lines_of

    for notice in handed.notices:
        print(f"note: {one_line(notice)}")
    for line in islice(lines_of(found), _PRINTED):
        print(line)
    compared = counted(found.compared, "pair")
    print(f"{compared} compared, {found.of_same_people} of the same people left out")
    if found.problems or found.empty:
        unread = len(found.problems) + len(found.empty)
        print(f"{counted(unread, 'submission')} could not be read as Python: see the page")
    print(f"wrote {page}: a reason to look, never a verdict")


@contextmanager
def _progress() -> "Iterator[Progress]":
    """A bar on a terminal for each step; elsewhere a line when it begins."""
    from rich import progress as bars
    from rich.console import Console

    stream = sys.stdout
    console = Console(file=stream, highlight=False, markup=False, emoji=False)
    columns = (bars.BarColumn(24), bars.MofNCompleteColumn(), bars.TimeRemainingColumn())
    shown = bars.TextColumn("{task.description}", markup=False)
    terminal = is_capable(stream)
    with bars.Progress(
        shown, *columns, console=console, transient=True, disable=not terminal
    ) as bar:
        tasks: dict[str, bars.TaskID] = {}

        def progress(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=total)
                if not terminal:
                    print(f"{what}: {done} of {total}", flush=True)
            bar.update(tasks[what], completed=done)

        yield progress
