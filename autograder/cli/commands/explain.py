"""`autograder explain`: what a check is about, and what it allows."""

import argparse
import difflib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from autograder.cli.places import course_root
from autograder.grading.declaring.declare import declared_checks
from autograder.grading.declaring.explanation import explain
from autograder.grading.mistakes.known_mistakes import recognisable
from autograder.model.assignment import Assignment
from autograder.model.check import CheckDeclaration
from autograder.model.course import all_assignments, find_assignment
from autograder.model.errors import UsageError
from autograder.render.terminal.sections import explanation_lines
from autograder.render.terminal.writers import writer_for

_SHOWN = 10  # checks of an ambiguous name


class Found(NamedTuple):
    """A check and the assignment that it belongs to."""

    check: CheckDeclaration
    assignment: Assignment


def run(options: argparse.Namespace) -> int:
    """Print the explanation."""
    root = course_root()
    check, assignment = _find_check(root, options.check, options.assignment)
    mistakes = recognisable(assignment, root).get(check.id, ())
    writer = writer_for(sys.stdout)
    for line in explanation_lines(explain(check, assignment, mistakes)):
        writer.line(line)
    return 0


def _find_check(root: Path, name: str, assignment: str | None) -> Found:
    """The check of that id, else the only one whose id contains the name, or of that part.

    Raises UsageError when there is none, naming the nearest, or when there are several.
    """
    places = [find_assignment(root, assignment)] if assignment else [*all_assignments(root)]
    known = [
        Found(check, place)
        for place in places
        for check in declared_checks(place, hidden=place.private is not None)
    ]
    wanted = name.strip().lower().replace(" ", "_").replace("-", "_")
    exact = [found for found in known if found.check.id in (wanted, f"check_{wanted}")]
    chosen = exact or [found for found in known if wanted in found.check.id.lower()]
    chosen = chosen or [found for found in known if found.check.part == name.strip()]
    if not chosen:
        raise UsageError(_unknown(name, [found.check.id for found in known], places))
    if len(chosen) > 1:
        raise UsageError(_ambiguous(name, chosen))
    return chosen[0]


def _unknown(name: str, known: list[str], places: Sequence[Assignment]) -> str:
    close = difflib.get_close_matches(name.lower(), known, n=1, cutoff=0.0)
    message = f"there is no check {name!r}" + "".join(f"; did you mean {near!r}?" for near in close)
    if any(place.private is None for place in places):
        message += " Hidden checks are not here: they show their title, verdict and hint only."
    return message


def _ambiguous(name: str, chosen: Sequence[Found]) -> str:
    names = [f"{found.check.id} ({found.assignment.id})" for found in chosen]
    rest = len(names) - _SHOWN
    more = [f"and {rest} more"] if rest > 0 else []
    rows = "\n    ".join([*names[:_SHOWN], *more])
    return f"{name!r} may be any of {len(names)} checks: say more of one\n    {rows}"
