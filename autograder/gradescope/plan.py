"""What the autograder zip holds, where it lies, and what is asked for when grading with it.

Called by the driver and the self-test in the container, by `package.py`, and by `verify`.
"""

from pathlib import Path

import msgspec

from autograder.grading.context.request import GradingRequest
from autograder.model.assignment import Assignment
from autograder.model.check import CheckDeclaration
from autograder.model.course import assignment_ids, find_assignment
from autograder.model.errors import GraderError
from autograder.model.report import Report

DECLARED = "declared.json"
SECRET = "secret"


class Layout(msgspec.Struct, frozen=True):
    """The folders as the harness leaves them, under any root."""

    root: Path

    @property
    def private(self) -> Path:
        """Checks, reference and secret, which no worker may read."""
        return self.root / "source" / "private"

    @property
    def secret(self) -> Path:
        """The course secret, which is not read before the launcher is forked."""
        return self.private / SECRET

    @property
    def submission(self) -> Path:
        """The files that the student handed in."""
        return self.root / "submission"

    @property
    def results(self) -> Path:
        """The file that Gradescope reads."""
        return self.root / "results" / "results.json"

    @property
    def metadata(self) -> Path:
        """Who submitted, and when."""
        return self.root / "submission_metadata.json"


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What is graded: an assignment, and its checks as they were when the zip was built."""

    layout: Layout
    assignment: Assignment
    declared: tuple[CheckDeclaration, ...]


def empty_report(assignment: Assignment, *notices: str) -> Report:
    """The report before anything is decided."""
    return Report(
        assignment=assignment.id,
        title=assignment.title,
        parts=assignment.parts,
        outcomes=(),
        notices=notices,
    )


def read_plan(layout: Layout) -> Plan:
    """Read `source/private`.

    The checks are listed in a file made when the zip was built: reading the hidden check files here
    would leave their text in the memory that workers are forked from.
    Raises GraderError when the zip is not one of ours, ConfigError when a TOML file is unusable.
    """
    names = assignment_ids(layout.private)
    if len(names) != 1:
        raise GraderError(f"source/private holds {len(names)} assignments; build the zip again")
    assignment = find_assignment(layout.private, names[0])
    return Plan(layout=layout, assignment=assignment, declared=_declared(layout.private))


def _declared(private: Path) -> tuple[CheckDeclaration, ...]:
    path = private / DECLARED
    try:
        return msgspec.json.decode(path.read_bytes(), type=tuple[CheckDeclaration, ...])
    except (OSError, msgspec.DecodeError) as error:
        raise GraderError(
            f"source/private/{DECLARED} is not readable ({error}): build the zip again"
        ) from None


def server_request(
    layout: Layout,
    assignment: str,
    submission: Path,
    *,
    run_s: float | None = None,
    checks: tuple[str, ...] = (),
) -> GradingRequest:
    """The request of the driver, of the self-test of an image, and of `verify`.

    `checks`: only these and what they need, for must-fail programs.
    """
    return GradingRequest(
        root=layout.private,
        assignment=assignment,
        submission=submission,
        hidden=True,
        secret_file=layout.secret,
        run_s=run_s,
        checks=checks,
    )
