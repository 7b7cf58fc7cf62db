"""Read one grading: from a report, or from a results.json, also of an older grader.

Called by `sides`. Of a grading by another grader the verdicts may not be left, only which tests
passed; a test is then known by the name that students read.
"""

import math
from collections.abc import Sequence
from typing import Any

import msgspec

from autograder.classroom.regrades.past import CheckResult, PastGrading
from autograder.classroom.submissions import Member
from autograder.gradescope.past_grading import MAX_BYTES, read_past_grading
from autograder.model.errors import ConfigError
from autograder.model.outcome import Outcome
from autograder.model.report import Report
from autograder.model.verdict import Verdict
from autograder.render.disclosure import one_line
from autograder.render.gradescope_results import shown_name

_WORDS = {verdict.word.upper(): verdict for verdict in Verdict}


class _Test(msgspec.Struct, frozen=True):
    """A test of any results.json; in an export, null stands for what is missing."""

    name: str | None = None
    number: str | float | None = None
    score: float | None = None
    max_score: float | None = None
    status: str | None = None
    output: str | None = None


class _OlderKept(msgspec.Struct, frozen=True):
    """`extra_data` of an older grader of ours: the verdicts, and what else it kept."""

    verdicts: dict[str, str]
    scores: dict[str, float]
    assignment: str = ""
    seed: str = ""
    files: dict[str, str] = {}
    content: dict[str, str] = {}
    machine: dict[str, str] = {}
    isolation: dict[str, str] = {}


class _AnyResults(msgspec.Struct, frozen=True):
    """A results.json of any grader."""

    score: float | None = None
    tests: tuple[_Test, ...] | None = None
    extra_data: Any = None


def read_grading(id_: str, data: bytes, members: tuple[Member, ...] = ()) -> PastGrading:
    """The grading that a report, or a results.json of any grader, holds.

    Raises ConfigError for a file that is neither.
    """
    try:
        report = read_past_grading(data)
    except ConfigError as error:
        older = _read_older(data)
        if older is None:
            raise error from None
        return msgspec.structs.replace(older, id=id_, members=members)
    results = (*map(_of_outcome, report.outcomes), *map(_not_run, _pending(data)))
    score = report.score if all(result.decided for result in results) else None
    return PastGrading(id=id_, members=members, results=results, report=report, score=score)


def _of_outcome(outcome: Outcome) -> CheckResult:
    check = outcome.check
    titled = check.title != check.id  # it is not where results.json was read
    return CheckResult(
        id=check.id,
        part=check.part,
        title=one_line(check.title) if titled else "",
        shown=shown_name(check) if titled else "",
        verdict=outcome.verdict,
        passed=outcome.verdict is Verdict.PASSED,
        score=outcome.score,
        needs=check.needs,
        measurements=outcome.measurements,
    )


def _pending(data: bytes) -> list[str]:
    """The checks that had not run when a results.json was written: not in the report read back."""
    kept = msgspec.json.decode(data).get("extra_data")
    verdicts = kept.get("verdicts") if isinstance(kept, dict) else None
    return [name for name, word in verdicts.items() if not word] if verdicts else []


def _not_run(name: str) -> CheckResult:
    """A check for which there was no time: nothing was decided."""
    return CheckResult(id=name, verdict=Verdict.GRADER_ERROR, passed=False, score=0.0)


def _read_older(data: bytes) -> PastGrading | None:
    """The grading in a results.json that cannot be replayed; None where it is none."""
    if len(data) > MAX_BYTES:
        return None
    try:
        found = msgspec.json.decode(data, type=_AnyResults)
    except (msgspec.DecodeError, RecursionError):
        return None
    if found.score is None and not found.tests:
        return None
    try:
        return _of_kept(msgspec.convert(found.extra_data, _OlderKept))
    except msgspec.ValidationError:
        return _of_tests(found)


def _of_kept(kept: _OlderKept) -> PastGrading:
    report = Report(
        assignment=kept.assignment,
        title="",
        parts=(),
        outcomes=(),
        files=kept.files,
        content=kept.content,
        machine=kept.machine,
        isolation=kept.isolation,
        seed=kept.seed,
    )
    results = tuple(
        CheckResult(
            id=name,
            verdict=Verdict.__members__.get(word),
            passed=word == Verdict.PASSED.value,
            score=kept.scores.get(name, 0.0),
        )
        if word
        else _not_run(name)
        for name, word in kept.verdicts.items()
    )
    return PastGrading(id="", results=results, report=report, score=_sum(results))


def _of_tests(found: _AnyResults) -> PastGrading:
    results = tuple(map(_of_test, found.tests or ()))
    report = Report(assignment="", title="", parts=(), outcomes=(), seed="")
    score = _sum(results)
    if score is not None and found.score is not None:  # the top-level score wins
        score = found.score
    return PastGrading(id="", results=results, report=report, score=score)


def _sum(results: Sequence[CheckResult]) -> float | None:
    decided = all(result.decided for result in results)
    return round(sum(result.score for result in results), 6) if decided else None


def _of_test(test: _Test) -> CheckResult:
    """Of a grader of ours the first words of the output are the verdict."""
    most = math.inf if test.max_score is None else test.max_score
    full = test.score is not None and test.score >= most
    first, colon, _ = (test.output or "").partition(":")
    verdict = _WORDS.get(first) if colon else None
    name = one_line(test.name or str(test.number or "a test without a name"))
    return CheckResult(
        shown=name,
        title=name,
        verdict=verdict,
        passed=verdict is Verdict.PASSED if verdict else test.status == "passed" or full,
        score=test.score or 0.0,
    )
