"""`autograder check ID --check NAME --debug`: the check's calls in the student's own terminal."""

import argparse
import sys
from pathlib import Path

import msgspec

from autograder.grading.context.request import GradingRequest, Modes
from autograder.grading.declaring.declare import declared_checks
from autograder.grading.running.selection import select
from autograder.grading.running.session import grade
from autograder.model.assignment import Assignment, Limits
from autograder.model.errors import UsageError
from autograder.render.disclosure import presentable
from autograder.render.terminal.layout import Line
from autograder.render.terminal.sections import debugged_lines
from autograder.render.terminal.writers import writer_for

_WEEK_S = 7 * 24 * 3600.0  # a person at a prompt has time
_ENDLESS = Limits(import_s=_WEEK_S, call_s=_WEEK_S, check_s=_WEEK_S, run_s=_WEEK_S)
_BEGIN = "debug: your code runs in this terminal, without isolation, limits, timing and points"


def debug(options: argparse.Namespace, root: Path, assignment: Assignment) -> int:
    """Run the checks that are named, for what they say alone: nothing is kept for `pack`.

    Raises UsageError for what cannot be debugged, and where there are answers to be read.
    """
    _require_debuggable(options, root, assignment)
    request = GradingRequest(
        root=root,
        assignment=assignment.id,
        submission=options.submission,
        checks=tuple(options.check),
        launcher=options.launcher,
        modes=Modes(debug=True),
    )
    select(request, declared_checks(assignment, hidden=False))
    writer = writer_for(sys.stdout)
    writer.line(Line(_BEGIN))
    endless = msgspec.structs.replace(assignment, limits=_ENDLESS)
    report = grade(request, assignment=endless)
    for line in debugged_lines(presentable(report, staff=False)):
        writer.line(line)
    return report.exit_status


def _require_debuggable(options: argparse.Namespace, root: Path, assignment: Assignment) -> None:
    if not options.check:
        raise UsageError("--debug needs a check: add --check NAME")
    for name in ("part", "watch", "html", "json", "hidden"):
        if getattr(options, name):
            raise UsageError(f"--debug shows what a check says, for no points: leave out --{name}")
    for check in declared_checks(assignment, hidden=True):
        if check.id in options.check and not check.visible:
            raise UsageError(f"{check.id} is hidden: only visible checks can be debugged")
    if (root / "reference").exists() and not options.i_trust_this:
        raise UsageError(
            f"--debug runs {options.submission} as you, without isolation, and {root / 'reference'}"
            " has the answers: read the submission, then add --i-trust-this"
        )
