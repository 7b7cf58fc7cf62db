"""What one check is about: all that `autograder explain` and the HTML report say about it."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from autograder.grading.declaring.criteria import criteria_of
from autograder.grading.declaring.declare import declared_checks, file_of
from autograder.model.assignment import Assignment
from autograder.model.check import CheckDeclaration
from autograder.model.requirements import ids_in, requirements_of
from autograder.model.units import show_points

MISTAKES = "recognised mistakes"  # the label of their passage
_NOT_WRITTEN = "not written yet"  # `verify` reports it to the author


class Passage(NamedTuple):
    """One labelled passage, of one sentence or several."""

    label: str
    texts: tuple[str, ...]


class Explanation(NamedTuple):
    """A check, or whatever else `topics` explains."""

    title: str
    place: str  # its name and where it belongs: assignment, part, points, visible or hidden
    passages: tuple[Passage, ...]  # none is empty


def explain(
    check: CheckDeclaration, assignment: Assignment, mistakes: Sequence[str] = ()
) -> Explanation:
    """The explanation of a check; `mistakes` are those that it recognises, in words.

    The explanation of a hidden check is for staff only.
    """
    criteria = criteria_of(file_of(check, assignment), check.id, assignment)
    texts = {r.id: r.text for r in requirements_of(assignment)}
    required = tuple(f"{i}: {texts.get(i, 'not in the handout')}" for i in ids_in(check.requires))
    hidden = () if check.visible else ("the title, the verdict and the hint",)
    passages = (
        Passage("why", (check.why or _NOT_WRITTEN,)),
        Passage("judged by", (check.oracle or _NOT_WRITTEN,)),
        Passage("allowed", criteria.comparisons),
        Passage("budgets", criteria.budgets),
        Passage("requirements", required),
        Passage("read", (check.hint,) if check.hint else ()),
        Passage("needs", check.needs),
        Passage(MISTAKES, tuple(mistakes)),
        Passage("students see", hidden),
    )
    return Explanation(check.title, _place(check, assignment), not_empty(*passages))


def not_empty(*passages: Passage) -> tuple[Passage, ...]:
    """Those that have a text."""
    return tuple(passage for passage in passages if passage.texts)


def explanations(
    assignment: Assignment, *, hidden: bool, mistakes: Mapping[str, Sequence[str]] | None = None
) -> dict[str, Explanation]:
    """By check id: of all visible checks and, with `hidden`, for staff, of the hidden ones."""
    known = mistakes or {}
    return {
        check.id: explain(check, assignment, known.get(check.id, ()))
        for check in declared_checks(assignment, hidden=hidden)
    }


def _place(check: CheckDeclaration, assignment: Assignment) -> str:
    kind = "visible" if check.visible else "hidden"
    extra = ", extra credit" if check.optional else ""
    worth = f"{points_text(check.points)}{extra}"
    return f"{check.id}: {assignment.id}, part {check.part}, {worth}, {kind}"


def points_text(points: float) -> str:
    """`1 point`, `2.5 points`."""
    return "1 point" if points == 1 else f"{show_points(points)} points"
