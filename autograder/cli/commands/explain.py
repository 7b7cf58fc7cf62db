"""`autograder explain`: a check, a part, a requirement, a budget, or a word of a message."""

import argparse
import difflib
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from autograder.cli.places import course_root
from autograder.grading.declaring.declare import declared_checks
from autograder.grading.declaring.explanation import Explanation, explain
from autograder.grading.declaring.topics import (
    explain_budget,
    explain_part,
    explain_requirement,
    explain_word,
)
from autograder.grading.declaring.words import Word, word_named, words_in
from autograder.grading.mistakes.known_mistakes import recognisable
from autograder.model.assignment import Assignment
from autograder.model.check import CheckDeclaration
from autograder.model.course import all_assignments, assignment_ids, find_assignment
from autograder.model.errors import UsageError
from autograder.model.requirements import requirements_of
from autograder.render.terminal.layout import Line
from autograder.render.terminal.sections import explanation_lines
from autograder.render.terminal.writers import writer_for

_SHOWN = 10  # of what an ambiguous name may be
_WITNESS = "_witness"  # behind the name of a budget: what was timed


class Topic(NamedTuple):
    """What can be explained, by its name in its assignment."""

    kind: str  # "check", "requirement", "part" or "budget"
    name: str
    assignment: str
    explain: Callable[[], Explanation]


def run(options: argparse.Namespace) -> int:
    """Print the explanations."""
    writer = writer_for(sys.stdout)
    for number, explanation in enumerate(_explanations(course_root(), options.what)):
        for line in [Line("")] * bool(number) + [*explanation_lines(explanation)]:
            writer.line(line)
    return 0


def _explanations(root: Path, asked: Sequence[str]) -> Iterator[Explanation]:
    """Of the only topic that is meant, else of the words in what was asked.

    Raises UsageError when there is nothing, naming the nearest, or when there are several topics.
    """
    named = len(asked) > 1 and asked[-1] in assignment_ids(root)
    text = " ".join(asked[:-1] if named else asked)
    places = [find_assignment(root, asked[-1])] if named else [*all_assignments(root)]
    topics = [topic for place in places for topic in _topics(place, root)]
    chosen = _meant(text, topics)
    if len(chosen) > 1:
        raise UsageError(_ambiguous(text, chosen))
    found = [topic.explain() for topic in chosen] or [*map(explain_word, _words(text))]
    if not found:
        if len(asked) > 1 and difflib.get_close_matches(asked[-1], assignment_ids(root), n=1):
            find_assignment(root, asked[-1])  # raises: it was meant as one
        raise UsageError(_unknown(text, topics, places))
    return iter(found)


def _topics(place: Assignment, root: Path) -> Iterator[Topic]:
    checks = declared_checks(place, hidden=place.private is not None)
    for check in checks:
        yield Topic("check", check.id, place.id, partial(_explain_check, check, place, root))
    for stated in requirements_of(place):
        told = partial(explain_requirement, stated, place, checks)
        yield Topic("requirement", stated.id, place.id, told)
    for part in place.parts:
        yield Topic("part", part.id, place.id, partial(explain_part, part, place, checks))
    for name in place.budgets:
        yield Topic("budget", name, place.id, partial(explain_budget, name, place, checks))


def _explain_check(check: CheckDeclaration, place: Assignment, root: Path) -> Explanation:
    return explain(check, place, recognisable(place, root).get(check.id, ()))


def _meant(text: str, topics: Sequence[Topic]) -> list[Topic]:
    """The topics of that name; else, unless it is a word, the checks that have it in their id."""
    wanted = text.strip().lower().replace(" ", "_").replace("-", "_")
    more = f"check_{wanted}", wanted.removeprefix("part_"), wanted.removesuffix(_WITNESS)
    for names in ((wanted,), more):
        if exact := [topic for topic in topics if topic.name.lower() in names]:
            return exact
    if word_named(text):
        return []
    return [topic for topic in topics if topic.kind == "check" and wanted in topic.name.lower()]


def _words(text: str) -> list[Word]:
    word = word_named(text)
    return [word] if word else words_in(text)


def _unknown(text: str, topics: Sequence[Topic], places: Sequence[Assignment]) -> str:
    message = f"there is no check, part, requirement, budget or word {text!r}"
    if topics:
        near = max((topic.name for topic in topics), key=partial(_likeness, text.lower()))
        message += f"; did you mean {near!r}?"
    if any(place.private is None for place in places):
        message += " Hidden checks are not here: they show their title, verdict and hint only."
    return message


def _likeness(text: str, name: str) -> float:
    """How much a text is like a name, or like a word in it."""
    likeness = difflib.SequenceMatcher(b=text)
    found = []
    for piece in (name.lower(), *name.lower().split("_")):
        likeness.set_seq1(piece)
        found.append(likeness.ratio())
    return max(found)


def _ambiguous(text: str, chosen: Sequence[Topic]) -> str:
    names = [f"{topic.name} ({topic.assignment})" for topic in chosen]
    rest = len(names) - _SHOWN
    more = [f"and {rest} more"] if rest > 0 else []
    rows = "\n    ".join([*names[:_SHOWN], *more])
    say = "say more of one"
    if len({topic.assignment for topic in chosen}) > 1:
        say += ", or name its assignment at the end"
    return f"{text!r} may be any of {len(names)} {chosen[0].kind}s: {say}\n    {rows}"
