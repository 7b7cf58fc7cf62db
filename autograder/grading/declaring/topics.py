"""Explanations of what is not a check: parts, requirements, budgets, words of messages.

`autograder explain` calls it. Everything is read from what students have.
"""

import re
from collections.abc import Iterable, Sequence

from autograder.grading.declaring.criteria import criteria_of
from autograder.grading.declaring.declare import file_of
from autograder.grading.declaring.explanation import (
    Explanation,
    Passage,
    not_empty,
    points_text,
)
from autograder.grading.declaring.words import Word, word_named
from autograder.model.assignment import Assignment
from autograder.model.check import CheckDeclaration
from autograder.model.report import Part
from autograder.model.requirements import Requirement, ids_in, requirements_of

_Checks = Sequence[CheckDeclaration]


def explain_part(part: Part, assignment: Assignment, checks: _Checks) -> Explanation:
    """What a part asks for; `checks` are all that are here."""
    inside = [check for check in checks if check.part == part.id]
    ids = ids_in(cell for check in inside for cell in check.requires)
    required = [f"{r.id}: {r.text}" for r in requirements_of(assignment) if r.id in ids]
    elsewhere = round(part.points - sum(check.points for check in inside), 6)
    unseen = [f"worth {points_text(elsewhere)} more"] if elsewhere > 0 else []
    extra = ", extra credit" if part.optional else ""
    return Explanation(
        part.title,
        f"part {part.id}: {assignment.id}, {points_text(part.points)}{extra}, {part.hours:g} hours",
        not_empty(
            Passage("requirements", tuple(required)),
            Passage("budgets", _budgets(inside, assignment)),
            Passage("checks", tuple(map(_row, inside))),
            Passage("checks that are not here", tuple(unseen)),
        ),
    )


def explain_requirement(
    requirement: Requirement, assignment: Assignment, checks: _Checks
) -> Explanation:
    """What the handout asks for, and the checks that look at it."""
    about = [check for check in checks if requirement.id in ids_in(check.requires)]
    rows = [*map(_row, about)] or ["none that is here"]
    return Explanation(
        requirement.text,
        f"{requirement.id}: {assignment.id}, line {requirement.line} of the handout",
        not_empty(
            Passage("budgets", _budgets(about, assignment, requirement.text)),
            Passage("checks", tuple(rows)),
        ),
    )


def explain_budget(name: str, assignment: Assignment, checks: _Checks) -> Explanation:
    """What a budget allows, how it is counted, and where."""
    budget = assignment.budget(name)
    paths = {file_of(check, assignment) for check in checks}
    naming = {path for path in paths if name in path.read_text(encoding="utf-8")}
    near = [check for check in checks if file_of(check, assignment) in naming]
    users = {check: _budgets([check], assignment, name) for check in near}
    allowed = dict.fromkeys(text for texts in users.values() for text in texts)
    unit = word_named(budget.counted_in)
    counted = unit.means if unit else f"The check itself counts the {budget.counted_in}."
    witness = word_named("witness") if budget.witness else None
    return Explanation(
        f"At most {budget.in_words()}",
        f"{name}: {assignment.id}, a budget",
        not_empty(
            Passage("allowed", tuple(allowed)),
            Passage("what is counted", (counted,)),
            Passage("witness", (witness.means,) if witness else ()),
            Passage("checks", tuple(_row(check) for check, texts in users.items() if texts)),
        ),
    )


def explain_word(word: Word) -> Explanation:
    """A word of messages."""
    place = "a word of messages and reports"
    place += f"; also: {', '.join(word.names[1:])}" if word.names[1:] else ""
    return Explanation(word.names[0], place, (Passage("means", (word.means,)),))


def _row(check: CheckDeclaration) -> str:
    hidden = "" if check.visible else ", hidden"
    title = check.title.rstrip(".")
    return f"{check.id}: {title} (part {check.part}, {points_text(check.points)}{hidden})"


def _budgets(
    checks: Iterable[CheckDeclaration], assignment: Assignment, named_in: str = ""
) -> tuple[str, ...]:
    """What the budgets of these checks allow, each once; only those that a text names, if any."""
    found = (criteria_of(file_of(check, assignment), check.id, assignment) for check in checks)
    texts = dict.fromkeys(text for each in found for text in each.budgets)
    return tuple(text for text in texts if not named_in or _names(named_in, text))


def _names(naming: str, budget: str) -> bool:
    """Whether a text names the budget that another text begins with."""
    name = re.split("[,:]", budget, maxsplit=1)[0]
    return re.search(rf"\b{re.escape(name)}\b", naming) is not None
