"""The proof of programs: wrong ones are caught as declared, accepted ones pass everything."""

from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.authoring.proofs.kind import OTHERWISE, Setting
from autograder.authoring.proofs.kinds import programs as programs_module
from autograder.authoring.proofs.kinds.programs import ProgramLine, Programs
from autograder.authoring.proofs.prove import kinds_named, prove, record_problems
from autograder.authoring.proofs.record import write_record
from autograder.grading.running import subprocess_grading
from autograder.model.errors import ConfigError, GraderError
from autograder.tests.authoring.course import replace, tiny_of, write

CHECKS = "assignments/tiny/checks/check_1_mean_square.py"
HIDDEN = "reference/tiny/checks/check_1_mean_square.py"
REFERENCE = "reference/tiny/tiny.py"
PROGRAMS = "reference/tiny/submissions"
WRONG, LOOP = "wrong/divided_by_three", "over_operation_budget/loop"
ACCEPTED = "accepted/by_numpy_mean"


def due(course: Path) -> dict[str, str]:
    """What is due in the course as it is now."""
    return dict(Programs(Setting(tiny_of(course), course)).due())


def proved(course: Path) -> list[str]:
    """What the proof finds, after it has graded what is due."""
    return prove(Setting(tiny_of(course), course, 2), kinds_named(["programs"]), False, print)


@pytest.fixture
def recorded(course: Path) -> Path:
    """A course whose programs are recorded as proved, without any grading."""
    kind = Programs(Setting(tiny_of(course), course))
    code = kind.setting.code
    passed = tuple(code.check(check.id) for check in kind.setting.checks)
    lines = {
        unit.id: ProgramLine(
            unit=unit.id, code=unit.code, passed=passed if unit.id == ACCEPTED else ()
        )
        for unit in kind.units()
    }
    write_record(tiny_of(course), "programs", lines)
    assert due(course) == {}
    return course


def test_what_is_proved_is_not_due(course: Path) -> None:
    """All three programs of the scaffold come out as declared; a second run has nothing to do."""
    assert due(course).keys() == {WRONG, LOOP, ACCEPTED}
    assert proved(course) == []
    assert due(course) == {}
    lines = Programs(Setting(tiny_of(course), course)).lines
    assert len(lines[ACCEPTED].passed) == 4 and not lines[WRONG].passed


def test_what_is_not_as_declared_is_found_and_tried_again(course: Path) -> None:
    """A must-fail program that is right, one with another message, an accepted one that is not."""
    wrong = course / PROGRAMS / f"{WRONG}.py"
    wrong.write_text(wrong.read_text().replace("/ 3", "/ len(x)"))
    replace(course / PROGRAMS / f"{LOOP}.py", "message: the", "message: never said, the")
    write(
        course,
        f"{PROGRAMS}/accepted/half.py",
        '"""Half."""\n\n\ndef mean_square(x):\n    return 0\n',
    )
    found = proved(course)
    check = "check_mean_square_agrees_with_a_loop"
    assert f"programs: {WRONG}: {check} gives PASSED, not WRONG: Passed." in found
    assert any(f"{LOOP}: check_mean_square_is_vectorised does not say" in text for text in found)
    assert any("accepted/half: a right solution fails" in text for text in found)
    assert due(course) == {WRONG: OTHERWISE, LOOP: OTHERWISE, "accepted/half": OTHERWISE}
    kind = Programs(Setting(tiny_of(course), course))
    first, *rest = record_problems(kind, quick=False, release=False)
    assert first == "run `autograder prove tiny --only programs`"
    assert [f"programs: {text}" for text in rest] == found


def test_a_program_that_is_only_not_named_is_rejected(course: Path) -> None:
    """Two figures: the first counts verdicts and messages, the last the names of mistakes."""
    program = course / PROGRAMS / f"{WRONG}.py"
    program.write_text(program.read_text().replace("message:", "not recognised: no\nmessage:"))
    (found,) = proved(course)
    assert found == (
        f"programs: {WRONG}: it is recognised by its answers: remove the line `not recognised:`"
    )
    kind = Programs(Setting(tiny_of(course), course))
    assert [str(ratio) for ratio in kind.ratios()] == ["2 of 2", "1 of 1", "0 of 1"]
    assert due(course) == {WRONG: OTHERWISE}


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (f"{PROGRAMS}/{WRONG}.py", "/ 3", "/ 4", {WRONG}),
        (f"{PROGRAMS}/{WRONG}.py", "message: the mean square", "message: the", {WRONG}),
        (f"{PROGRAMS}/{WRONG}.py", "The sum", "A sum", set()),
        (f"{PROGRAMS}/{ACCEPTED}.py", "x**2", "x * x", {ACCEPTED}),
        (CHECKS, "budgets.operations(", "budgets.operations(  # counted", set()),
        (HIDDEN, "(1, 2, 1000)", "(1, 2, 900)", {ACCEPTED}),
        (REFERENCE, "float(x @ x)", "float(np.dot(x, x))", {WRONG, LOOP, ACCEPTED}),
        ("assignments/tiny/assignment.toml", '"100"', '"90"', {LOOP, ACCEPTED}),
    ],
)
def test_only_what_a_change_could_alter_is_due(
    recorded: Path, file: str, old: str, new: str, expected: set[str]
) -> None:
    """Itself, the checks it names and what they need; of an accepted variant every check."""
    replace(recorded / file, old, new)
    assert due(recorded).keys() == expected


def test_a_changed_message_makes_its_program_due(recorded: Path) -> None:
    """A must-fail program proves what students read; a check's docstring is not its message."""
    check = (recorded / CHECKS).read_text()
    replace(recorded / CHECKS, 'what="the mean square"', 'what="the mean of the squares"')
    assert WRONG in due(recorded) and ACCEPTED not in due(recorded)
    (recorded / CHECKS).write_text(check.replace("    Why: ", "    Why: Indeed: "))
    assert due(recorded) == {}


def test_an_accepted_variant_is_graded_by_changed_checks_alone(
    recorded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pairs with all other checks are still true, and stay in the record."""
    asked: list[tuple[str, ...]] = []
    grade: Callable[..., object] = subprocess_grading.grade_files

    def graded(*arguments: object, **request: object) -> object:
        asked.append(request["checks"])  # type: ignore[arg-type]
        return grade(*arguments, **request)

    monkeypatch.setattr(programs_module, "grade_files", graded)
    replace(recorded / HIDDEN, "(1, 2, 1000)", "(1, 2, 900)")
    assert proved(recorded) == []
    assert asked == [("check_mean_square_of_many_numbers",)]
    assert due(recorded) == {}


def test_a_grading_without_a_report_is_a_finding(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program is named, and the others are graded."""

    def hangs(*_: object, **__: object) -> None:
        raise GraderError("grading took over 1200 s")

    monkeypatch.setattr(programs_module, "grade_files", hangs)
    told = [f"programs: {name}: grading took over 1200 s" for name in (WRONG, LOOP, ACCEPTED)]
    assert sorted(proved(course)) == sorted(told)


def test_without_a_secret_nothing_is_proved(course: Path) -> None:
    """One error says so, and nothing is recorded of any program."""
    toml = course / "course.toml"
    toml.write_text(toml.read_text().replace(".secret", ".lost"))
    with pytest.raises(ConfigError, match="lost"):
        proved(course)
    assert Programs(Setting(tiny_of(course), course)).lines == {}
