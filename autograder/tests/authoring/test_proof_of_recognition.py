"""The proof of recognition: a wrong program is known as itself, and nothing else as it."""

from pathlib import Path

import pytest

from autograder.authoring.proofs.kind import NEW, OTHERWISE, Setting
from autograder.authoring.proofs.kinds import recognition as recognition_module
from autograder.authoring.proofs.kinds.recognition import Recognition
from autograder.authoring.proofs.prove import kinds_named, prove
from autograder.authoring.proofs.record import ProofLine, write_record
from autograder.grading.running.session import ignore
from autograder.tests.authoring.course import replace, tiny_of, write

WRONG, OTHER = "wrong/divided_by_three", "wrong/first_three"
FILE = f"reference/tiny/submissions/{WRONG}.py"
MISTAKE = "the sum of the squares is divided by 3, whatever n is"
FIRST_THREE = '''"""Later numbers are left out.

caught by: check_mean_square_agrees_with_a_loop
message: the mean square is off
"""


def mean_square(x):
    return float(x[:3] @ x[:3]) / 3
'''


@pytest.fixture(autouse=True)
def fewer(monkeypatch: pytest.MonkeyPatch) -> None:
    """One seed: the rule is the same."""
    monkeypatch.setattr(recognition_module, "SEEDS", 1)


def due(course: Path) -> dict[str, str]:
    """What is due in the course as it is now."""
    return dict(Recognition(Setting(tiny_of(course), course)).due())


def proved(course: Path) -> list[str]:
    """What the proof finds, after it has graded what is due."""
    return prove(Setting(tiny_of(course), course, 2), kinds_named(["recognition"]), False, ignore)


def test_wrong_programs_are_recognised_as_themselves(course: Path) -> None:
    """Alone, and with another slip as one of the two; a second run grades nothing."""
    write(course, f"reference/tiny/submissions/{OTHER}.py", FIRST_THREE)
    assert due(course) == {WRONG: NEW, OTHER: NEW}
    assert proved(course) == []
    assert due(course) == {}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("", {f"{WRONG}: seed 0: taken for nothing known"}),
        ("another", {f"{WRONG}: seed 0: taken for ['another', 'another']"}),
        (
            f"{MISTAKE}, or another",
            {f"{WRONG}: seed 0: accepted/by_numpy_mean is right, and taken for it"},
        ),
    ],
)
def test_what_is_taken_for_something_else_is_a_finding(
    course: Path, monkeypatch: pytest.MonkeyPatch, name: str, expected: set[str]
) -> None:
    """A wrong program as another or as none, an accepted variant as a wrong one; it stays due."""
    monkeypatch.setattr(recognition_module, "recognise", lambda traces, answers: name)
    assert set(proved(course)) == {f"recognition: {text}" for text in expected}
    assert due(course) == {WRONG: OTHERWISE}


def test_two_slips_are_not_taken_for_a_third(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither of the two explains the answers that the third one has."""
    write(course, f"reference/tiny/submissions/{OTHER}.py", FIRST_THREE)
    names = Recognition._names

    def together(kind: Recognition, seed: int, traces: object, *programs: object) -> list[str]:
        return ["a third"] if len(programs) == 2 else names(kind, seed, traces, *programs)  # type: ignore[arg-type]

    monkeypatch.setattr(Recognition, "_names", together)
    assert f"recognition: {WRONG}: seed 0: with {OTHER} it is taken for ['a third']" in proved(
        course
    )


def test_without_a_trace_the_hidden_checks_must_recognise_it(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unless the docstring says why its answers cannot name it."""
    monkeypatch.setattr(recognition_module, "traces_in", lambda setting, programs: {})
    monkeypatch.setattr(recognition_module, "is_recognised", lambda program, report: False)
    assert proved(course) == [f"recognition: {WRONG}: seed 0: not recognised by the hidden checks"]
    replace(course / FILE, "message:", "not recognised: a test\nmessage:")
    assert proved(course) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (FILE, "/ 3", "/ 4", {WRONG}),
        (FILE, "The sum", "A sum", {WRONG}),
        ("assignments/tiny/checks/check_1_mean_square.py", "normal(57)", "normal(58)", {WRONG}),
        ("reference/tiny/checks/check_1_mean_square.py", "(1, 2, 1000)", "(1, 2, 900)", set()),
    ],
)
def test_what_a_change_could_alter_is_due(
    course: Path, file: str, old: str, new: str, expected: set[str]
) -> None:
    """The program with its title, and the visible checks that keep its trace."""
    units = Recognition(Setting(tiny_of(course), course)).units()
    lines = {unit.id: ProofLine(unit=unit.id, code=unit.code) for unit in units}
    write_record(tiny_of(course), "recognition", lines)
    replace(course / file, old, new)
    assert due(course).keys() == expected
