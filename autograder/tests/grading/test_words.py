"""Explanations give away nothing, and every word that messages use has one."""

from pathlib import Path

import pytest

from autograder.grading.budgets.judging import too_noisy
from autograder.grading.context.counters import ARRAY_FLOPS, SAVED_BYTES, STEPS
from autograder.grading.declaring.declare import declared_checks
from autograder.grading.declaring.explanation import explain
from autograder.grading.declaring.topics import (
    explain_budget,
    explain_part,
    explain_requirement,
    explain_word,
)
from autograder.grading.declaring.words import word_named, words, words_in
from autograder.model.assignment import Assignment
from autograder.model.course import assignment_ids, find_assignment
from autograder.model.requirements import requirements_of
from autograder.model.verdict import Verdict
from autograder.release.leaks.lines import normalised
from autograder.release.leaks.private_lines import private_lines

ROOT = Path(__file__).resolve().parents[3]
MESSAGES = (
    too_noisy("gradient_time"),
    "95 % interval 9.65 to 10.73 from 14 pairs, wall/CPU 1.0",
    "steps grow like n^1.93; the budget is n^1.2",
    "the operating system saw the call use 128 MB; the budget is 32 MB",
    "the gradient is off by 2 of its size (allowed 1e-14: float64, 3 terms)",
    "at index (1, 1): got -0.869315, expected 0.869315",
    "equals what comes out when the sign is turned around",
    "an array that f() is given is changed in place",
    "np.array_equal was replaced in line 4 of sgd.py",
    "the counting of memory was switched off during the call",
    "your code passes with the inputs you have, but not with others drawn the same way",
    "the inputs are read-only: work on a copy, never change them in place",
    "f() hardly got a processor in 100 s: this machine is too busy",
    "not run: in 2 other checks f() did not finish",
    "not run to its end: calls of f() are slow",
    "fast: not measurable here, not counted (one CPU)",
)


@pytest.mark.parametrize("message", MESSAGES)
def test_messages_are_explained(message: str) -> None:
    """Texts of messages, as the framework writes them, have a word that is explained."""
    assert words_in(message)


@pytest.mark.parametrize(
    "word", [*(verdict.word for verdict in Verdict), "bytes", "x yardstick", "growth exponent"]
)
def test_every_verdict_and_unit_is_a_word(word: str) -> None:
    """Reports have them in each line."""
    found = word_named(word)
    assert found and found.means


def test_every_counter_is_a_word() -> None:
    """By the unit that messages show."""
    assert all(word_named(counter.unit) for counter in (STEPS, ARRAY_FLOPS, SAVED_BYTES))


def test_no_two_words_share_a_name() -> None:
    """Otherwise one of them could never be asked for."""
    names = [name for word in words() for name in word.names]
    assert sorted(names) == sorted(set(names)) and names == [name.lower() for name in names]


def test_what_is_no_word_is_none() -> None:
    """Neither an empty text nor one of other words."""
    assert words_in("") == words_in(" ; ") == words_in("qqq zzz") == []


def everything(assignment: Assignment) -> list[str]:
    """All texts that `explain` may show a student."""
    checks = declared_checks(assignment, hidden=False)
    told = [explain(check, assignment) for check in checks]
    told += [explain_part(part, assignment, checks) for part in assignment.parts]
    told += [explain_requirement(r, assignment, checks) for r in requirements_of(assignment)]
    told += [explain_budget(name, assignment, checks) for name in assignment.budgets]
    told += [*map(explain_word, words())]
    texts = [[e.title, e.place, *(text for p in e.passages for text in p.texts)] for e in told]
    return [text for each in texts for text in each]


@pytest.mark.parametrize("id_", assignment_ids(ROOT))
def test_no_explanation_has_a_line_of_a_solution(id_: str) -> None:
    """Nor of an oracle, a hidden check, or a wrong program."""
    assignment = find_assignment(ROOT, id_)
    private = private_lines(assignment)
    lines = [row for text in everything(assignment) for row in text.splitlines()]
    assert [row for row in lines if normalised(row) in private] == []
    assert len(lines) > 100
