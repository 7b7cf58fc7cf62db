"""`autograder replay`: grade a submission again, and compare with the grading before."""

import argparse
from pathlib import Path

from autograder.cli.places import course_root, staff_assignment
from autograder.gradescope.past_grading import read_past_grading
from autograder.grading.context.request import GradingRequest
from autograder.grading.declaring.declare import declared_checks
from autograder.grading.running.session import grade
from autograder.model.assignment import Assignment
from autograder.model.course import load_course
from autograder.model.errors import ConfigError, UsageError
from autograder.model.report import Report


def run(options: argparse.Namespace) -> int:
    """Grade with the same inputs; status 0 when all is the same."""
    before = _read(options.results)
    root = course_root(options.submission)
    assignment = staff_assignment(root, before.assignment)
    request = _same_request(before, assignment, root, options.submission)
    print(f"grading {options.submission} again, {before.seed} inputs", flush=True)
    now = grade(request, assignment=assignment)
    from autograder.render.agreement import replay_lines  # numpy, which must not come before

    exact, lines = replay_lines(before, now)
    print("\n".join(lines))
    return 0 if exact else 1


def _same_request(
    before: Report, assignment: Assignment, root: Path, submission: Path
) -> GradingRequest:
    """The request that makes such a report."""
    hidden = before.seed != "public"
    ran = {outcome.check.id for outcome in before.outcomes}
    known = [check.id for check in declared_checks(assignment, hidden)]
    return GradingRequest(
        root=root,
        assignment=assignment.id,
        submission=submission,
        hidden=hidden,
        secret_file=load_course(root).secret_path() if hidden else None,
        checks=tuple(name for name in known if name in ran) if before.partial else (),
    )


def _read(path: Path) -> Report:
    try:
        return read_past_grading(path.read_bytes())
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from None
    except ConfigError as error:
        raise UsageError(f"{path}: {error}") from None
