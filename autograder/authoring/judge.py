"""Whether a report is what the author of a program declares; called by the trials of `verify`."""

from collections.abc import Collection, Iterator

import msgspec

from autograder.grading.declaring.proving_programs import Program
from autograder.grading.provenance.agreement import (
    Cause,
    Disagreement,
    changed_content,
    disagreements,
)
from autograder.grading.provenance.content import ASSIGNMENT
from autograder.model.outcome import Outcome
from autograder.model.report import Report
from autograder.model.verdict import Verdict
from autograder.render.agreement import SideNames, disagreement_line
from autograder.render.outcome_text import title_of

_SIDES = SideNames("at home", "on the server")
_SHOWN = 1500  # characters of our own traceback


def broken(report: Report) -> Iterator[str]:
    """Checks that failed by an error of their own."""
    for outcome in report.broken:
        yield f"{outcome.check.id} is broken: {outcome.staff.strip()[-_SHOWN:]}"


def judge_program(program: Program | None, report: Report) -> Iterator[str]:
    """What is not as the author declares; of the reference, None, as of an accepted variant."""
    yield from judge_verdicts(program, report)
    if program:
        yield from judge_recognition(program, report)


def judge_verdicts(program: Program | None, report: Report) -> Iterator[str]:
    """The same, the name of a mistake left out."""
    yield from broken(report)
    if program is None or program.verdict is Verdict.PASSED:
        yield from judge_right(report)
    else:
        yield from judge_must_fail(program, report)


def judge_right(report: Report) -> Iterator[str]:
    """The reference and accepted variants pass everything."""
    for outcome in report.outcomes:
        if outcome.verdict not in (Verdict.PASSED, Verdict.GRADER_ERROR):
            yield f"a right solution fails {outcome.check.id}: {_said(outcome)}"


def judge_template(report: Report, of_lab: Collection[str] = ()) -> Iterator[str]:
    """In a template nothing can pass or be wrong; the checks `of_lab` find no data."""
    expected = (Verdict.NOT_IMPLEMENTED, Verdict.SKIPPED, Verdict.GRADER_ERROR)
    for outcome in report.outcomes:
        no_data = outcome.check.id in of_lab and outcome.verdict is Verdict.NOT_FOUND
        if outcome.verdict not in expected and not no_data:
            yield f"{outcome.check.id} is {outcome.verdict.value} on the template: {_said(outcome)}"


def judge_must_fail(program: Program, report: Report) -> Iterator[str]:
    """Each check that the program names has its verdict, and the first one has its message."""
    by_id = {outcome.check.id: outcome for outcome in report.outcomes}
    for number, name in enumerate(program.caught_by):
        outcome = by_id[name]
        if outcome.verdict is Verdict.GRADER_ERROR:
            continue
        if outcome.verdict is not program.verdict:
            wanted = program.verdict.value
            yield f"{name} gives {outcome.verdict.value}, not {wanted}: {_said(outcome)}"
        elif number == 0 and program.message not in _said(outcome):
            yield f"{name} does not say {program.message!r} but: {_said(outcome)}"


def is_recognised(program: Program, report: Report) -> bool:
    """Whether the report says to students or staff that the answers are those of this mistake."""
    return any(program.mistake in f"{o.mistake}\n{o.staff}" for o in report.outcomes)


def judge_recognition(program: Program, report: Report) -> Iterator[str]:
    """A wrong program is recognised by its answers, or says why it cannot be."""
    if program.verdict is not Verdict.WRONG or program.patch.exists() or report.broken:
        return
    if any(judge_must_fail(program, report)):  # what is not rejected has no mistake to be named
        return
    recognised = is_recognised(program, report)
    if not recognised and not program.not_recognised:
        others = " / ".join(name for o in report.outcomes for name in o.mistake.splitlines())
        yield (
            f"its answers are not recognised{f', but taken for: {others}' if others else ''}: see"
            " docs/mistakes.md, or give the reason in a line `not recognised: REASON`"
        )
    if recognised and program.not_recognised:
        yield "it is recognised by its answers: remove the line `not recognised:`"


def judge_agreement(program: Program | None, home: Report, server: Report) -> Iterator[str]:
    """Every visible check that ran has the same verdict at home as on the server.

    Only a must-fail program may pass with the public inputs and fail with secret ones, and only
    where its docstring says why.
    """
    yield from (f"at home, {problem}" for problem in broken(home))
    if any(fact.name == ASSIGNMENT for fact in changed_content(home, server)):
        yield "the zips hold two versions of the assignment: run `autograder release` and `zip`"
    seen = tuple(outcome for outcome in server.outcomes if outcome.check.visible)
    if program and program.caught_by:  # what only its hidden checks need does not run at home
        ran = {outcome.check.id for outcome in home.outcomes}
        seen = tuple(outcome for outcome in seen if outcome.check.id in ran)
    found = disagreements(home, msgspec.structs.replace(server, outcomes=seen))
    excused = bool(program and program.passes_at_home)
    secret = [d for d in found if d.cause is Cause.SECRET_INPUTS]
    if excused and not secret:
        yield "remove the line `passes at home`: it fails at home as well"
    titles = {outcome.check.id: title_of(outcome.check) for outcome in server.outcomes}
    for difference in found:
        if not _is_broken(difference) and not (excused and _follows(difference, secret)):
            yield disagreement_line(difference, _SIDES, titles)


def _is_broken(difference: Disagreement) -> bool:
    """Whether the check itself failed on a side, which `broken` reports."""
    sides = (difference.there, difference.here)
    return any(o is not None and o.verdict is Verdict.GRADER_ERROR for o in sides)


def _follows(difference: Disagreement, secret: list[Disagreement]) -> bool:
    """Whether only secret inputs made the difference, in this check or in one that it needs."""
    names = {d.check.id for d in secret}
    needed = {fact.name for fact in difference.facts}
    waits = difference.cause is Cause.NEEDS and bool(needed & names)
    return waits or difference.check.id in names


def _said(outcome: Outcome) -> str:
    return " / ".join(outcome.message.lines()) if outcome.message else outcome.verdict.sentence
