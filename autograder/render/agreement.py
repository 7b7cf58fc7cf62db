"""In words: where two gradings disagree, and why.

Called by `replay`, by the notices about the check at home, and by `verify`.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from autograder.grading.provenance.agreement import (
    Cause,
    Disagreement,
    Fact,
    changed_content,
    changed_facts,
    changed_files,
    changed_versions,
    disagreements,
)
from autograder.grading.provenance.content import GRADER
from autograder.model.outcome import Outcome
from autograder.model.report import Report
from autograder.model.units import counted, show_points
from autograder.model.verdict import Verdict
from autograder.render.disclosure import one_line
from autograder.render.outcome_text import title_of

_SHOWN_VALUE = 80  # characters
_SHOWN_FACTS = 6
_HASH_DIGITS = 16
_CAUSES = {
    Cause.GRADER: "the grader itself failed, which says nothing of the work",
    Cause.SECRET_INPUTS: "it passes with the public inputs, not with others drawn the same way",
    Cause.LIBRARY: "a library is not there: the message of the check names it",
    Cause.INPUTS: "the inputs came out different",
    Cause.BUDGET: "near the budget",
    Cause.FACTS: "the machines differ",
    Cause.ONE_SIDE: "it ran once only",
    Cause.UNKNOWN: "no cause was found",
}


class SideNames(NamedTuple):
    """How the two gradings are called."""

    there: str  # "on your machine", "before"
    here: str  # "here", "now"


_REPLAY = SideNames("before", "now")


def disagreement_line(
    found: Disagreement,
    sides: SideNames,
    titles: Mapping[str, str],
    *,
    points: bool = False,
    cause: bool = True,
) -> str:
    """One check: the verdict on both sides, with points and with the cause if asked for.

    `titles`: of the checks that others need, by id.
    """
    name = f"{found.check.part} {title_of(found.check)}".strip()
    there = f"{_verdict(found.there, points)} {sides.there}"
    here = f"{_verdict(found.here, points)} {sides.here}"
    why = f": {cause_text(found, sides, titles)}" if cause else ""
    return f"{name}: {there}, {here}{why}"


def cause_text(found: Disagreement, sides: SideNames, titles: Mapping[str, str]) -> str:
    """Why the two sides differ, as a clause."""
    names = _joined([one_line(fact.name, _SHOWN_VALUE) for fact in found.facts], ", ")
    if found.cause is Cause.FILES:
        return f"other files were checked {sides.there}: {names}"
    if found.cause is Cause.NEEDS:
        return "it needs " + ", ".join(titles.get(fact.name, fact.name) for fact in found.facts)
    facts = facts_text(found.facts, sides)
    if found.cause is Cause.CONTENT:
        return f"graded by another version {sides.there}: {facts}"
    return _CAUSES[found.cause] + (f": {facts}" if facts else "")


def facts_text(facts: Iterable[Fact], sides: SideNames) -> str:
    """What is not the same, with both values of each."""
    return _joined([_fact_text(fact, sides) for fact in facts], "; ")


def replay_lines(before: Report, now: Report) -> tuple[bool, list[str]]:
    """Whether a grading was reproduced exactly, and what staff read about it.

    Exactly: every verdict and score is the same, of the same files, by the same assignment,
    reference and secret. Another machine or another version of the grader may have done it.
    """
    found = disagreements(before, now)
    content = changed_content(before, now)
    deciding = [_short_hashes(fact) for fact in changed_files(before, now)]
    deciding += [fact for fact in content if fact.name != GRADER]
    others = [fact for fact in content if fact.name == GRADER]
    others = [*changed_versions(before, now), *others, *changed_facts(before, now)]
    verdicts, score = counted(len(now.outcomes), "verdict"), show_points(now.score)
    if not (found or deciding):
        but = ["although these differ:"] if others else []
        return True, [f"reproduced exactly: {verdicts}, {score} points", *but, *_rows(others)]
    head = f"the same {verdicts} and {score} points, but not of the same grading:"
    if found:
        total = f"{show_points(before.score)} points before, {score} now:"
        head = f"NOT reproduced: not the same in {counted(len(found), 'check')}, {total}"
    titles = {outcome.check.id: title_of(outcome.check) for outcome in now.outcomes}
    checks = (f"  {disagreement_line(each, _REPLAY, titles, points=True)}" for each in found)
    return False, [head, *_rows([*deciding, *others]), *checks]


def _rows(facts: Iterable[Fact]) -> Iterator[str]:
    return (f"  {_fact_text(fact, _REPLAY)}" for fact in facts)


def _short_hashes(file: Fact) -> Fact:
    return Fact(f"{file.name}, sha256", file.there[:_HASH_DIGITS], file.here[:_HASH_DIGITS])


def _fact_text(fact: Fact, sides: SideNames) -> str:
    """`numpy 1.26.4 before, 2.1.0 now`."""
    name, there, here = (one_line(text, _SHOWN_VALUE) for text in fact)
    return f"{name} {there} {sides.there}, {here} {sides.here}"


def _verdict(outcome: Outcome | None, points: bool) -> str:
    if outcome is None:
        return "not run"
    passed = outcome.verdict is Verdict.PASSED
    word = outcome.verdict.word if passed else outcome.verdict.word.upper()
    return f"{word} with {show_points(outcome.score)} points" if points else word


def _joined(texts: list[str], between: str) -> str:
    more = len(texts) - _SHOWN_FACTS
    return between.join([*texts[:_SHOWN_FACTS], *([f"{more} more"] if more > 0 else [])])
