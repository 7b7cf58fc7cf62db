"""Record what visible checks ask the oracles, and prove that it does not depend on submissions.

At home the answers are replayed to whatever a student hands in. So a question that depends on what
the submission returned has no recorded answer there. To find such questions, the checks run again
while everything that the reference returns is changed: a lot, as wrong work would, and very little,
so that they go on to their last question. They must ask the very same questions.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from autograder.grading.context.request import GradingRequest, Modes
from autograder.grading.context.sketch import same
from autograder.grading.declaring.declare import checks_taking
from autograder.grading.fixtures.oracles import Recorded, Records, read_records
from autograder.grading.running.subprocess_grading import grade_in_subprocess
from autograder.model.assignment import Assignment
from autograder.model.errors import ReleaseError
from autograder.model.report import Report
from autograder.model.verdict import Verdict
from autograder.release.answers import same_answer

_PERTURBATIONS = (0.5, 1e-13)
# Noise of this machine, which says nothing about questions: `verify` judges time budgets.
_GOOD = (Verdict.PASSED, Verdict.OVER_TIME_BUDGET)


def record_answers(assignment: Assignment, root: Path, *, prove: bool = True) -> Records:
    """The questions and answers of all visible checks, on the reference, with public seeds.

    `prove` asks for the proof that they depend on no submission, two more gradings.
    Raises ReleaseError when the reference fails, or a question depends on the submission.
    """
    asking = asking_checks(assignment)
    if not asking:
        return {}
    records, report = _run(assignment, root, asking, perturb=0.0)
    for outcome in report.outcomes:
        if outcome.verdict not in _GOOD:
            raise ReleaseError(
                f"the reference does not pass {outcome.check.id}: {outcome.verdict.value}"
                f" {_last_line(outcome.staff)}"
            )
    for relative in _PERTURBATIONS if prove else ():
        asked, report = _run(assignment, root, asking, perturb=relative)
        for outcome in report.broken:
            raise ReleaseError(
                f"{outcome.check.id} breaks when a submission returns other numbers: expect the"
                f" value before using it. {_last_line(outcome.staff)}"
            )
        for check_id in asked:
            _require_independent(check_id, records.get(check_id, []), asked[check_id])
    return records


def asking_checks(assignment: Assignment) -> tuple[str, ...]:
    """The ids of the visible checks, of parts that are given, that take the fixture `oracle`."""
    return checks_taking("oracle", assignment, hidden=False)


def stale_records(old: Records, new: Records) -> list[str]:
    """What `old` lacks of `new`, as sentences; empty when it serves as well.

    Within a tolerance: another machine's last bits do not make a committed file stale.
    """
    return list(_differences(old, new))


def _differences(old: Records, new: Records) -> Iterator[str]:
    for check_id in sorted(old.keys() | new.keys()):
        before, after = old.get(check_id, []), new.get(check_id, [])
        if len(before) != len(after):
            yield f"{check_id} asks {len(after)} questions, not {len(before)}"
            continue
        for number, (left, right) in enumerate(zip(before, after, strict=True), start=1):
            if left.function != right.function or not same(left.question, right.question):
                yield f"{check_id}: question {number}, {right.function}(), is another one"
            elif not same_answer(left, right):
                yield f"{check_id}: the answer to question {number}, {right.function}(), changed"


def _require_independent(check_id: str, recorded: list[Recorded], asked: list[Recorded]) -> None:
    """Exactly the same, to the last bit: a tolerance would hide the smaller perturbation.

    `asked` may end sooner, with the value that the check found wrong.
    """
    for number, question in enumerate(asked):
        wanted = recorded[number] if number < len(recorded) else None
        if wanted is None or not _is_identical(wanted, question):
            raise ReleaseError(
                f"{check_id}: question {number + 1}, {question.function}(), depends on what the"
                " submission returned, so its answer cannot be recorded: ask the oracle with the"
                " check's inputs only"
            )


def _is_identical(left: Recorded, right: Recorded) -> bool:
    # repr: a NaN in a sketch is not equal to itself
    return left.function == right.function and repr(left.question) == repr(right.question)


def _run(
    assignment: Assignment, root: Path, checks: tuple[str, ...], perturb: float
) -> tuple[Records, Report]:
    assert assignment.private is not None  # or there would be no oracle to ask
    with tempfile.TemporaryDirectory(prefix="record-") as scratch:
        written = Path(scratch) / "records.json"
        request = GradingRequest(
            root=root.resolve(),
            assignment=assignment.id,
            submission=assignment.private.resolve(),
            checks=checks,
            modes=Modes(record_to=written, perturb=perturb),
        )
        report = grade_in_subprocess(request, 2 * assignment.limits.run_s)
        return read_records(written), report


def _last_line(text: Any) -> str:
    return str(text).strip().rpartition("\n")[2]
