"""In words: where two gradings disagree, and why."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from autograder.grading.provenance.agreement import Cause, Disagreement, Fact
from autograder.model.outcome import Outcome
from autograder.model.units import show_points
from autograder.model.verdict import Verdict
from autograder.render.disclosure import one_line
from autograder.render.outcome_text import title_of

_SHOWN_VALUE = 80  # characters
_SHOWN_FACTS = 6


class Sides(NamedTuple):
    """How the two gradings are called."""

    there: str  # "on your machine", "before"
    here: str  # "here", "now"


def difference_line(
    difference: Disagreement, sides: Sides, titles: Mapping[str, str], *, points: bool = False
) -> str:
    """One check: the verdict on both sides, with its points if they are asked for, and the cause.

    `titles`: of the checks that others need, by id.
    """
    verdicts = verdicts_line(difference, sides, points=points)
    return f"{verdicts}: {cause_text(difference, sides, titles)}"


def verdicts_line(difference: Disagreement, sides: Sides, *, points: bool = False) -> str:
    """The same without the cause."""
    check = difference.check
    name = f"{check.part} {title_of(check)}".strip()
    there = f"{_verdict(difference.there, points)} {sides.there}"
    here = f"{_verdict(difference.here, points)} {sides.here}"
    return f"{name}: {there}, {here}"


def fact_text(fact: Fact, sides: Sides) -> str:
    """`numpy 1.26.4 before, 2.1.0 now`."""
    there, here = one_line(fact.there, _SHOWN_VALUE), one_line(fact.here, _SHOWN_VALUE)
    return f"{one_line(fact.name, _SHOWN_VALUE)} {there} {sides.there}, {here} {sides.here}"


def _verdict(outcome: Outcome | None, points: bool) -> str:
    if outcome is None:
        return "not run"
    passed = outcome.verdict is Verdict.PASSED
    word = outcome.verdict.word if passed else outcome.verdict.word.upper()
    return f"{word} with {show_points(outcome.score)} points" if points else word


def cause_text(difference: Disagreement, sides: Sides, titles: Mapping[str, str]) -> str:
    """Why the two sides differ, as a clause."""
    facts = difference.facts
    names = _joined([one_line(fact.name, _SHOWN_VALUE) for fact in facts], ", ")
    if difference.cause is Cause.FILES:
        return f"other files were checked {sides.there}: {names}"
    if difference.cause is Cause.CONTENT:
        return f"graded by another version {sides.there}: {names}"
    if difference.cause is Cause.NEEDS:
        return "it needs " + ", ".join(titles.get(fact.name, fact.name) for fact in facts)
    return _CAUSES[difference.cause] + _listed(facts, sides)


def _listed(facts: Iterable[Fact], sides: Sides) -> str:
    texts = [fact_text(fact, sides) for fact in facts]
    return ": " + _joined(texts, "; ") if texts else ""


def _joined(texts: list[str], between: str) -> str:
    more = len(texts) - _SHOWN_FACTS
    return between.join([*texts[:_SHOWN_FACTS], *([f"{more} more"] if more > 0 else [])])


_CAUSES = {
    Cause.GRADER: "the grader itself failed, which says nothing of the work",
    Cause.SECRET_INPUTS: "it passes with the public inputs, not with others drawn the same way",
    Cause.INPUTS: "the inputs came out different",
    Cause.BUDGET: "near the budget",
    Cause.FACTS: "the machines differ",
    Cause.ONE_SIDE: "it ran once only",
    Cause.UNKNOWN: "no cause was found",
}
