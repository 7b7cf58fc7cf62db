"""One grading of a class: what the process that grades is sent, and what it sends back.

Both are JSON, so that an engine can carry them anywhere, and so that nothing which a submission has
made is ever more than data. Called by the engines, and in the processes that they start.
"""

import socket
import time
import traceback
from pathlib import Path

import msgspec

from autograder.classroom.submissions import Graded, Status
from autograder.grading.context.request import GradingRequest
from autograder.grading.running.session import grade
from autograder.model.errors import SubmissionError
from autograder.model.outcome import LONGEST_STAFF
from autograder.model.report import Report
from autograder.render.json_report import dumps, loads


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """A submission to be graded as staff, and by what."""

    id: str  # the key of the ledger: it names no student
    root: str
    assignment: str
    submission: str  # the folder of our copy
    secret_file: str  # where the secret is; it is read after the workers' launcher was forked
    checks: tuple[str, ...] = ()

    def request(self) -> GradingRequest:
        """As `autograder check --hidden` makes it."""
        return GradingRequest(
            root=Path(self.root),
            assignment=self.assignment,
            submission=Path(self.submission),
            hidden=True,
            secret_file=Path(self.secret_file),
            checks=self.checks,
        )


class _Sent(msgspec.Struct, frozen=True, kw_only=True):
    """A `Graded` whose report is a text: JSON has no infinity, and reports as JSON know that."""

    id: str
    status: Status
    problem: str
    wall_s: float
    host: str
    report: str = ""


def grade_task(data: bytes) -> bytes:
    """Grade in this process, which must be fresh. Nothing but an interruption is raised."""
    task = msgspec.json.decode(data, type=Task)
    started = time.monotonic()
    status, report, problem = _graded(task)
    return encode_graded(
        Graded(
            id=task.id,
            status=status,
            report=report,
            problem=problem,
            wall_s=time.monotonic() - started,
            host=socket.gethostname(),
        )
    )


def _graded(task: Task) -> tuple[Status, Report | None, str]:
    try:
        report = grade(task.request())
    except SubmissionError as error:
        return Status.NOT_GRADED, None, str(error)
    except Exception:  # the boundary of the process: whatever it is, it is our fault
        return Status.GRADER_ERROR, None, traceback.format_exc()[-LONGEST_STAFF:]
    if report.exit_status == 2:
        return Status.GRADER_ERROR, report, broken_text(report)
    return Status.GRADED, report, ""


def broken_text(report: Report) -> str:
    """Which checks the grader itself failed in, and of the first one why."""
    if not report.broken:
        return "no check ran"
    first = report.broken[0]
    names = ", ".join(outcome.check.id for outcome in report.broken)
    reason = first.staff.strip().rpartition("\n")[2]
    said = first.message.what if first.message else ""
    return f"nothing was decided for {names}: {reason or said}"


def encode_task(task: Task) -> bytes:
    """The bytes for `grade_task`."""
    return msgspec.json.encode(task)


def encode_graded(graded: Graded) -> bytes:
    """The bytes for `decode_graded`."""
    sent = _Sent(
        id=graded.id,
        status=graded.status,
        problem=graded.problem.encode(errors="replace").decode(),
        wall_s=graded.wall_s,
        host=graded.host,
        report=dumps(graded.report, staff=True) if graded.report else "",
    )
    return msgspec.json.encode(sent)


def decode_graded(data: bytes) -> Graded:
    """What `encode_graded` has made bytes of; a number that is not finite is NaN now.

    Raises msgspec.DecodeError or ConfigError for other bytes.
    """
    sent = msgspec.json.decode(data, type=_Sent)
    return Graded(
        id=sent.id,
        status=sent.status,
        report=loads(sent.report) if sent.report else None,
        problem=sent.problem,
        wall_s=sent.wall_s,
        host=sent.host,
    )
