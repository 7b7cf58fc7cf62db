"""`autograder check`: grade a submission on this machine."""

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from autograder.cli.debug import debug
from autograder.cli.places import course_root, require_writable, with_reference
from autograder.cli.watch import watch
from autograder.grading.context.request import GradingRequest
from autograder.grading.declaring.declare import declared_checks
from autograder.grading.running.selection import select
from autograder.grading.running.session import grade
from autograder.model.assignment import Assignment
from autograder.model.course import find_assignment, load_course
from autograder.model.errors import SubmissionError, UsageError
from autograder.model.report import Report
from autograder.render.disclosure import one_line, with_causes
from autograder.render.terminal.console import TerminalReporter
from autograder.submission.intake import home_report

T = TypeVar("T")
# Imported in functions: what needs numpy or jinja2, which must not come before grading.


def run(options: argparse.Namespace) -> int:
    """Grade, show, and write the reports that were asked for."""
    root = course_root(options.submission)
    assignment = find_assignment(root, options.assignment)
    if options.debug:
        return debug(options, root, assignment)
    request = GradingRequest(
        root=root,
        assignment=assignment.id,
        submission=options.submission,
        hidden=options.hidden,
        secret_file=_secret_file(assignment, root) if options.hidden else None,
        parts=tuple(options.part),
        checks=tuple(options.check),
        patient=options.patient,
        launcher=options.launcher,
    )
    if options.watch:
        select(request, declared_checks(assignment, options.hidden))  # what no change would fix
        return watch(options, assignment)
    for path in (options.html, options.json):
        require_writable(path)  # now, not after minutes of grading
    reporter = TerminalReporter(
        sys.stdout, title=assignment.title, staff=options.hidden, causes=True
    )
    progress = (_unless_gone(reporter.outcome), _unless_gone(reporter.start))
    report = grade(request, *progress, assignment=assignment)
    report = _beside_home(report, options.submission) if options.hidden else with_causes(report)
    # first the files: the terminal may be gone, or what reads this output
    try:
        rows = [*_write_files(report, assignment, root, options)]
    finally:
        reporter.finish(report)
    print(*rows, sep="\n", end="\n" * bool(rows))
    return report.exit_status


def _unless_gone(show: Callable[[T], None]) -> Callable[[T], None]:
    """Show what can be shown: where the terminal is gone, the reports are still written."""

    def shown(what: T) -> None:
        with suppress(OSError):
            show(what)

    return shown


def _write_files(
    report: Report, assignment: Assignment, root: Path, options: argparse.Namespace
) -> Iterator[str]:
    """The reports that were asked for, and the one for `pack`; lines that say so."""
    if options.html:
        yield _write(options.html, _page(report, assignment, root, staff=options.hidden))
    if options.json:
        from autograder.render.json_report import dumps

        yield _write(options.json, dumps(report, staff=options.hidden))
    if not options.hidden:
        yield from _keep(report, options.submission)


def _secret_file(assignment: Assignment, root: Path) -> Path:
    with_reference(assignment)
    return load_course(root).secret_path()


def _beside_home(report: Report, submission: Path) -> Report:
    """Staff: with what the student's last check at home said, if it was handed in."""
    from autograder.render.home_report import beside_home, unreadable

    try:
        claimed = home_report(submission)
    except SubmissionError as error:
        return unreadable(report, str(error))
    return report if claimed is None else beside_home(report, claimed)


def _keep(report: Report, submission: Path) -> Iterator[str]:
    """For `pack`; a check does not fail because this does."""
    from autograder.cli.kept import keep

    problem = keep(report, submission)
    if problem:
        yield f"note: `autograder pack` will lack this report, not written to {one_line(problem)}"


def _page(report: Report, assignment: Assignment, root: Path, *, staff: bool) -> str:
    from autograder.grading.declaring.explanation import explanations
    from autograder.grading.mistakes.known_mistakes import recognisable
    from autograder.render.html.page import render

    known = recognisable(assignment, root)
    passages = explanations(assignment, hidden=staff, mistakes=known)
    return render(report, staff=staff, explanations=passages)


def _write(path: Path, text: str) -> str:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from None
    return f"wrote {path}"
