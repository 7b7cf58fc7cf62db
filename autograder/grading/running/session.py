"""Grade one submission: the whole way from files to a report, in a fresh process.

Light to import: numpy and pytest come in only when grading starts, after threads are pinned.
"""

import sys
from collections.abc import Callable, Sequence

from autograder.grading.context.request import GradingRequest
from autograder.machine.threads import pin_threads
from autograder.model.assignment import Assignment
from autograder.model.check import CheckDeclaration
from autograder.model.course import find_assignment
from autograder.model.outcome import Outcome
from autograder.model.report import Report


def ignore(argument: object) -> None:
    """The callback of a caller that needs none."""


def grade(
    request: GradingRequest,
    on_outcome: Callable[[Outcome], None] = ignore,
    on_selected: Callable[[Sequence[CheckDeclaration]], None] = ignore,
    *,
    assignment: Assignment | None = None,
) -> Report:
    """Grade in this process, which must be fresh: nothing secret may have been read yet.

    `on_selected` is called with the checks that will run, `on_outcome` with each outcome as it is
    decided. `assignment` is that of the request, from a caller that has loaded it already.

    Raises UsageError, SubmissionError or ConfigError when there is nothing to grade.
    """
    pin_threads(request.threads)
    sys.dont_write_bytecode = True  # checks and references are read-only to us
    from autograder.grading.running.run import run_checks
    from autograder.machine.libc import hide_memory
    from autograder.sandbox.launcher import start_launcher
    from autograder.submission.intake import take_in

    assignment = assignment or find_assignment(request.root, request.assignment)
    submission = take_in(request.submission, assignment)
    # the launcher comes first: its workers must not inherit checks, oracles or secrets
    launcher = start_launcher(request.launcher, assignment.libraries, request.layers_off)
    hide_memory()
    try:
        return run_checks(request, assignment, submission, launcher, on_outcome, on_selected)
    finally:
        launcher.close()
