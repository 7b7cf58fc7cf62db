"""`autograder check`: grade a submission on this machine."""

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograder.grading.context.request import GradingRequest
    from autograder.model.report import Report


def add(commands: Any) -> None:
    """Declare the command."""
    command = commands.add_parser(
        "check",
        help="check your files and say what to mend",
        description="Run the checks of an assignment on your files and say what to mend.",
    )
    command.add_argument("assignment", help="such as sgd; see `autograder list`")
    command.add_argument(
        "--submission",
        type=Path,
        default=Path(),
        metavar="DIR",
        help="your files: a folder, or a zip of them (default: here)",
    )
    command.add_argument(
        "--part",
        action="append",
        default=[],
        metavar="P",
        help="only part P, such as 1.2 or 1; can be repeated",
    )
    command.add_argument(
        "--check",
        action="append",
        default=[],
        metavar="C",
        help="only the check C; can be repeated",
    )
    command.add_argument(
        "--watch", action="store_true", help="check again at every change, until Ctrl-C"
    )
    command.add_argument("--html", type=Path, metavar="F", help="write the report as a web page")
    command.add_argument("--json", type=Path, metavar="F", help="write the report as JSON")
    command.add_argument(
        "--hidden", action="store_true", help="staff: hidden checks and secret inputs as well"
    )
    command.add_argument("--launcher", default="auto", help=argparse.SUPPRESS)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Grade, show, and write the reports that were asked for."""
    if options.watch:
        from autograder.cli.watch import watch

        return watch(options)
    from autograder.grading.running.session import grade
    from autograder.model.course import find_assignment
    from autograder.render.terminal.console import TerminalReporter

    request = request_of(options)
    for path in (options.html, options.json):
        require_writable(path)  # now, not after minutes of grading
    title = find_assignment(request.root, request.assignment).title
    reporter = TerminalReporter(sys.stdout, title=title, staff=options.hidden)
    report = grade(request, reporter.outcome, reporter.start)
    report = _beside_home(report, options) if options.hidden else report
    reporter.finish(report)
    write_reports(report, options)
    if not options.hidden:
        _keep(report, options.submission)
    return report.exit_status


def request_of(options: argparse.Namespace) -> "GradingRequest":
    """What the options ask for."""
    from autograder.cli.places import course_root, staff_assignment
    from autograder.grading.context.request import GradingRequest
    from autograder.model.course import load_course

    root = course_root(options.submission)
    secret = None
    if options.hidden:
        staff_assignment(root, options.assignment)
        secret = load_course(root).secret_path()
    return GradingRequest(
        root=root,
        assignment=options.assignment,
        submission=options.submission,
        hidden=options.hidden,
        secret_file=secret,
        parts=tuple(options.part),
        checks=tuple(options.check),
        launcher=options.launcher,
    )


def _beside_home(report: "Report", options: argparse.Namespace) -> "Report":
    """Staff: with what the student's last check at home said, if it was handed in."""
    from autograder.model.errors import SubmissionError
    from autograder.render.home_report import beside_home, unreadable
    from autograder.submission.intake import home_report

    try:
        claimed = home_report(options.submission)
    except SubmissionError as error:
        return unreadable(report, str(error))
    return report if claimed is None else beside_home(report, claimed)


def _keep(report: "Report", submission: Path) -> None:
    """For `pack`; a check does not fail because this does."""
    from autograder.cli.kept import keep
    from autograder.render.disclosure import one_line

    problem = keep(report, submission)
    if problem:
        print(f"note: `autograder pack` will lack this report, not written to {one_line(problem)}")


def write_reports(report: "Report", options: argparse.Namespace) -> None:
    """Write the HTML and JSON files that were asked for."""
    if options.html:
        from autograder.cli.places import course_root
        from autograder.grading.declaring.explanation import explanations
        from autograder.grading.mistakes.known_mistakes import recognisable
        from autograder.model.course import find_assignment
        from autograder.render.html.page import render

        root = course_root(options.submission)
        assignment = find_assignment(root, options.assignment)
        known = recognisable(assignment, root)
        told = explanations(assignment, hidden=options.hidden, mistakes=known)
        _write(options.html, render(report, staff=options.hidden, explanations=told))
    if options.json:
        from autograder.render.json_report import dumps

        _write(options.json, dumps(report, staff=options.hidden))


def require_writable(path: Path | None) -> None:
    """Raises UsageError when the file could not be written; its folder is made."""
    from autograder.model.errors import UsageError

    if path is None:
        return
    if path.is_dir():
        raise UsageError(f"{path} cannot be written: it is a folder; name a file")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise UsageError(f"{path} cannot be written: {path.parent} is no folder") from None
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise UsageError(f"{path} cannot be written: you have no permission to do so")


def _write(path: Path, text: str) -> None:
    from autograder.model.errors import UsageError

    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from None
    print(f"wrote {path}")
