"""Record what visible checks ask the oracles, and prove that it does not depend on submissions.

On students' machines the recorded answers are replayed. A question that depends on what the
submission returned would have no recorded answer there. To find such questions, the checks run
again while everything that the reference returns is changed: by a large amount, as in wrong work,
and by a tiny amount, so that the checks go on to their last question. They must ask exactly the
same questions. Called by `template.py`.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from autograder.grading.context.request import Modes
from autograder.grading.declaring.declare import checks_taking
from autograder.grading.declaring.proving_programs import files_of_reference
from autograder.grading.fixtures.oracles import Recorded, Records, read_records
from autograder.grading.running.subprocess_grading import grade_files
from autograder.model.assignment import Assignment
from autograder.model.errors import ReleaseError
from autograder.model.report import Report
from autograder.model.values import is_tensor, leaves, map_leaves
from autograder.model.verdict import Verdict

_PERTURBATIONS = (0.5, 1e-13)
_RTOL = 1e-9  # of answers, and no less than a few units in the last place of a smaller dtype
_ATOL = 1e-12  # an entry that cancels to zero here may be 1e-17 there
# A time budget may be missed by noise, which does not change the questions.
_GOOD = (Verdict.PASSED, Verdict.OVER_TIME_BUDGET)


def record_answers(assignment: Assignment, root: Path, *, prove: bool = True) -> Records:
    """The questions and answers of all visible checks, on the reference, with public seeds.

    With `prove`, two more gradings prove that the questions depend on no submission.
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
    unproved = msgspec.structs.replace
    return {check_id: [unproved(r, exact="") for r in asked] for check_id, asked in records.items()}


def asking_checks(assignment: Assignment) -> tuple[str, ...]:
    """The ids of the visible checks, of parts that are given, that take the fixture `oracle`."""
    return checks_taking("oracle", assignment, hidden=False)


def stale_records(old: Records, new: Records) -> list[str]:
    """How `old` differs from `new`, as sentences; empty when it can be used in its place.

    Numbers are compared within a tolerance: rounding on another machine makes no file stale.
    """
    return list(_differences(old, new))


def _differences(old: Records, new: Records) -> Iterator[str]:
    for check_id in sorted(old.keys() | new.keys()):
        before, after = old.get(check_id, []), new.get(check_id, [])
        if len(before) != len(after):
            yield f"{check_id} asks {len(after)} questions, not {len(before)}"
            continue
        for number, (left, right) in enumerate(zip(before, after, strict=True), start=1):
            if not left.answers(right.function, right.question):
                yield f"{check_id}: question {number}, {right.function}(), is another one"
            elif not _same_answer(left.value(), right.value()):
                yield f"{check_id}: the answer to question {number}, {right.function}(), changed"


def _same_answer(left: Any, right: Any) -> bool:
    """Whether both have the same types and shapes, and the same numbers within rounding."""
    alike = map_leaves(_without_numbers, left) == map_leaves(_without_numbers, right)
    return alike and all(map(_close, leaves(left), leaves(right)))


def _without_numbers(leaf: Any) -> Any:
    if hasattr(leaf, "dtype"):
        return type(leaf), leaf.dtype, tuple(leaf.shape)
    return type(leaf), None if isinstance(leaf, (float, complex)) else leaf


def _close(left: Any, right: Any) -> bool:
    """Whether two leaves of the same type, dtype and shape are close."""
    eps = 0.0
    if is_tensor(left):
        import torch  # imported here, because most assignments have no tensors

        if left.is_floating_point():  # numpy lacks some of these dtypes
            eps = torch.finfo(left.dtype).eps
            left, right = left.double(), right.double()
        left, right = left.detach().numpy(), right.detach().numpy()
    if not isinstance(left, (float, complex, np.ndarray, np.generic)):
        return True  # compared already
    left, right = np.asarray(left), np.asarray(right)
    if left.dtype.kind not in "fc":
        return bool(np.array_equal(left, right))
    rtol = max(_RTOL, 8 * max(eps, float(np.finfo(left.dtype).eps)))
    return bool(np.allclose(left, right, rtol=rtol, atol=_ATOL, equal_nan=True))


def _require_independent(check_id: str, recorded: list[Recorded], asked: list[Recorded]) -> None:
    """Raise ReleaseError unless `asked` are the recorded questions, bit by bit.

    A tolerance would hide the smaller perturbation. `asked` may end sooner, with the value that the
    check found wrong.
    """
    for number, question in enumerate(asked):
        wanted = recorded[number : number + 1]
        if [(r.function, r.exact) for r in wanted] != [(question.function, question.exact)]:
            raise ReleaseError(
                f"{check_id}: question {number + 1}, {question.function}(), depends on what the"
                " submission returned, so its answer cannot be recorded: ask the oracle with the"
                " check's inputs only"
            )


def _run(
    assignment: Assignment, root: Path, checks: tuple[str, ...], perturb: float
) -> tuple[Records, Report]:
    with tempfile.TemporaryDirectory(prefix="record-") as scratch:
        written = Path(scratch) / "records.json"
        modes = Modes(record_to=written, perturb=perturb)
        files = files_of_reference(assignment)
        report = grade_files(files, assignment, root, checks=checks, modes=modes)
        return read_records(written), report


def _last_line(text: Any) -> str:
    return str(text).strip().rpartition("\n")[2]
