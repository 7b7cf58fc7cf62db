"""A cause that several checks share is told once."""

import io

import pytest

from autograder.model.outcome import Message, Outcome, StudentLine
from autograder.model.verdict import Verdict
from autograder.render.summary import next_steps
from autograder.render.terminal.console import TerminalReporter
from autograder.tests.render.reports import declaration, full_report


def shown(*outcomes: Outcome) -> str:
    """What a reporter writes about these outcomes at the end."""
    stream = io.StringIO()
    TerminalReporter(stream, title="SGD", width=100).finish(full_report(outcomes=outcomes))
    return stream.getvalue()


def failing(verdict: Verdict, what: str, n: int, line: int = 3) -> Outcome:
    """Check n fails with its own hint."""
    lines = (StudentLine("sgd.py", line, "f", "return np"),)
    message = Message(what, hint=f"see handout, task 1.{n}")
    return Outcome(
        check=declaration(f"number_{n}", "1.1"), verdict=verdict, message=message, lines=lines
    )


SLOW = "importing sgd.py did not finish within 3 s and was stopped"
SYNTAX = "importing the file raised SyntaxError: invalid syntax (sgd.py, line 3)"


@pytest.mark.parametrize(
    ("verdict", "what"),
    [
        (Verdict.TIME_LIMIT, SLOW),
        (Verdict.CRASHED, SYNTAX),
        (Verdict.NOT_FOUND, "sgd.py has no function f"),
    ],
)
def test_a_cause_of_several_checks_is_told_once(verdict: Verdict, what: str) -> None:
    """Although each check has a hint of its own."""
    text = shown(*(failing(verdict, what, n) for n in range(4)))
    assert text.count(what) == 1
    assert "3 more checks fail in the same way." in text


def test_a_missing_name_is_told_once() -> None:
    """In whichever function and line it is used first."""
    what = "{}() raised NameError: name 'np' is not defined"
    text = shown(*(failing(Verdict.CRASHED, what.format(f), n, n) for n, f in enumerate("fgh")))
    assert text.count("NameError") == 1 and "2 more checks fail in the same way." in text


def test_a_wrong_answer_is_each_checks_own() -> None:
    """The same words with another hint are another finding."""
    text = shown(*(failing(Verdict.WRONG, "the loss is None", n) for n in range(2)))
    assert text.count("the loss is None") == 2


def test_what_was_not_run_to_its_end_comes_with_its_command() -> None:
    """One sentence for all of it; a report of some parts names them."""
    slow = [
        Outcome(check=declaration(f"slow_{n}", "1.1"), verdict=Verdict.SKIPPED, put_off=True)
        for n in range(2)
    ]
    what = "2 checks not run to the end, so that you need not wait. To run all of them:"
    steps = next_steps(full_report(outcomes=tuple(slow), partial=True))
    assert steps == [f"{what} autograder check sgd --part 1.1 --patient"]
