"""Mutants are graded like submissions: killed, surviving, or breaking a check."""

from pathlib import Path

import pytest

from autograder.authoring.proofs.kinds import mutation as mutation_module
from autograder.authoring.proofs.kinds.mutation import MutantLine, Mutation
from autograder.authoring.proofs.mutants import Mutant, mutants_of
from autograder.authoring.proofs.prove import prove
from autograder.grading.context.request import GradingRequest
from autograder.model.assignment import Assignment
from autograder.model.errors import ConfigError, GraderError
from autograder.model.report import Report
from autograder.tests.authoring.course import CHECKS, replace, secret_of, tiny_of, write
from autograder.tests.authoring.records import (
    explain,
    ignore,
    record_mutants,
    setting_of,
    survivor,
)
from autograder.tests.authoring.records import write as write_lines

# a slip that the checks of the scaffold do not notice, and one that they do
SURVIVES, KILLED = "return x @ x / len(x)", "return float(x @ x) * len(x)"
FIRST = "assignments/tiny/checks/check_1_mean_square.py"
BREAKS = '''
@check(part="1.1", points=1)
def check_that_breaks_on_a_mutant(student):
    """A check that raises an error on some mutants."""
    if student.mean_square(np.ones(2)) == 4:
        missing
'''
MORE = '\n\n@check(part="{part}", points=1)\ndef check_{name}(student, {name}):\n    """It is."""\n'


def kind_of(course: Path) -> Mutation:
    """The mutants of the course as it is now."""
    return Mutation(setting_of(tiny_of(course)))


def mutant(course: Path, after: str) -> Mutant:
    """The mutant whose line this is."""
    return next(m for m in mutants_of(tiny_of(course)) if m.after == after)


def prove_two(course: Path) -> dict[str, MutantLine]:
    """Prove the two mutants, record them, and return their lines by what became of the line."""
    kind, said = kind_of(course), list[str]()
    names = {after: mutant(course, after).id for after in (SURVIVES, KILLED)}
    due = [kind.known_units[name] for name in names.values()]
    lines = {line.unit: line for line in kind.prove(due, said.append)}
    write_lines(tiny_of(course), Mutation, *lines.values())
    assert said == [f"survived {lines[names[SURVIVES]].row[2:]}"]
    return {after: lines[name] for after, name in names.items()}


def due_of(course: Path) -> set[str]:
    """Which of the two mutants are due."""
    due = kind_of(course).due()
    return {after for after in (SURVIVES, KILLED) if mutant(course, after).id in due}


def test_a_killed_mutant_names_its_check_and_a_survivor_all(course: Path) -> None:
    """And neither is due again."""
    lines = prove_two(course)
    killed, survived = lines[KILLED], lines[SURVIVES]
    assert (killed.verdict, killed.killed_by) == ("WRONG", "check_mean_square_of_three_numbers")
    assert (killed.passed, killed.row) == ([], "")
    assert len(survived.passed) == len(setting_of(tiny_of(course)).checks)
    assert SURVIVES in survived.row
    assert due_of(course) == set()


@pytest.mark.parametrize(
    ("name", "old", "new", "due"),
    [
        ("reference/tiny/tiny.py", "Compute the mean", "The mean", set()),
        (FIRST, "as in the handout", "like the handout's", set()),
        (FIRST, "terms=57", "terms=58", {SURVIVES}),  # of a check that killed neither
        (FIRST, "np.array([1.0, 2.0, 3.0])", "np.array([1.0, 2.0, 4.0])", {SURVIVES, KILLED}),
        ("reference/tiny/oracles.py", "return", "return 1 *", {SURVIVES}),
    ],
)
def test_only_what_a_mutant_depends_on_makes_it_due(
    course: Path, name: str, old: str, new: str, due: set[str]
) -> None:
    """A killed one depends on the check that killed it, a survivor on all; not on wording."""
    prove_two(course)
    replace(course / name, old, new)
    assert due_of(course) == due


def test_a_survivor_is_graded_by_changed_checks_alone(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it passed before still holds; afterwards it is not due."""
    prove_two(course)
    replace(course / FIRST, "terms=57", "terms=58")
    asked = record_gradings(monkeypatch)
    kind = kind_of(course)
    due = [kind.known_units[mutant(course, SURVIVES).id]]
    (line,) = kind.prove(due, ignore)
    assert asked == [("check_mean_square_agrees_with_a_loop",)]
    kind.lines[line.unit] = line
    assert kind.why_due(due[0]) == ""


def test_a_check_that_is_gone_kills_no_mutant(course: Path) -> None:
    """Its mutants are due again."""
    prove_two(course)
    for path in course.glob("*/tiny/**/*.py"):
        path.write_text(path.read_text().replace("square_of_three_numbers", "square_of_three"))
    assert KILLED in due_of(course)


def test_a_check_that_breaks_down_is_our_fault(course: Path) -> None:
    """Such a mutant is not killed: its traceback is shown, and nothing is recorded of it."""
    for top in ("assignments", "reference"):
        (course / top / "tiny/checks/check_1_mean_square.py").unlink()
    write(course, "reference/tiny/checks/check_2.py", CHECKS + BREAKS)
    kind, said = kind_of(course), list[str]()
    one = kind.known_units[mutant(course, KILLED).id]
    with pytest.raises(GraderError, match="1 mutants could not be graded"):
        list(kind.prove([one], said.append))
    assert said[0].startswith(f"BROKEN {one.id}: check_that_breaks_on_a_mutant is broken: ")
    assert "NameError" in said[0]


def test_near_checks_come_first_and_budgets_last(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then the others, because parts use one another; all with hidden checks and secret inputs."""
    toml = course / "assignments/tiny/assignment.toml"
    second = '\n[[parts]]\nid = "1.2"\ntitle = "t"\npoints = 2\nhours = 1.0\n'
    toml.write_text(toml.read_text() + second)
    more = [MORE.format(part="1.2", name=name) for name in ("rng", "budgets")]
    (course / FIRST).write_text((course / FIRST).read_text() + "".join(more))
    asked = record_gradings(monkeypatch)
    kind = kind_of(course)
    list(kind.prove([kind.known_units[mutant(course, KILLED).id]], ignore))
    first, rest = map(set, asked)
    assert first == {
        "check_mean_square_of_three_numbers",
        "check_mean_square_agrees_with_a_loop",
        "check_mean_square_of_many_numbers",
    }
    assert rest == {"check_rng", "check_budgets", "check_mean_square_is_vectorised"}


def record_gradings(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """The checks of each grading, which passes all of them."""
    asked: list[tuple[str, ...]] = []

    def grade(request: GradingRequest, timeout_s: float) -> Report:
        assert request.hidden and request.modes.stop_at_first and request.secret_file
        asked.append(request.checks)
        return Report(assignment="tiny", title="t", parts=(), outcomes=())

    monkeypatch.setattr(mutation_module, "grade_in_subprocess", grade)
    return asked


def test_a_grading_that_fails_is_broken(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not killed, and what was proved before it is kept."""

    def grade(request: GradingRequest, timeout_s: float) -> Report:
        raise GraderError("took over 3 s")

    monkeypatch.setattr(mutation_module, "grade_in_subprocess", grade)
    said: list[str] = []
    with pytest.raises(GraderError, match="could not be graded"):
        prove(setting_of(tiny_of(course)), [Mutation], fresh=False, say=said.append)
    assert any("took over 3 s" in line for line in said)


def test_a_missing_secret_is_an_error(course: Path) -> None:
    """The error is that of `verify`."""
    replace(course / "course.toml", secret_of(course).as_posix(), "/none")
    kind = kind_of(course)
    with pytest.raises(ConfigError, match="autograder new --secret"):
        list(kind.prove(list(kind.known_units.values())[:1], ignore))


@pytest.fixture
def tiny(course: Path) -> Assignment:
    """The scaffolded assignment."""
    return tiny_of(course)


def findings(tiny: Assignment, complete: bool = True) -> list[str]:
    """What is wrong with survivors.md and a record that is `complete`, or still being made."""
    kind = Mutation(setting_of(tiny))
    kind.known_units = {} if complete else kind.known_units
    return list(kind.findings())


def unexplained(tiny: Assignment) -> int:
    """How many survivors have no reason."""
    return Mutation(setting_of(tiny)).unexplained()


def test_every_survivor_needs_a_reason(tiny: Assignment) -> None:
    """A missing file, line or paragraph above it is a finding with the mutant's id."""
    survivors = record_mutants(tiny, 0, 2)
    assert unexplained(tiny) == 2
    assert findings(tiny)[1] == (
        "survivors.md does not explain a mutant that no check rejects: `f/in-place-or-not/000001`:"
        ' `x = "a"` becomes `x += "a"`'
    )
    explain(tiny, survivors)
    assert (unexplained(tiny), findings(tiny)) == (0, [])
    assert tiny.private
    replace(tiny.private / "survivors.md", "They are equal.\n", "")
    assert unexplained(tiny) == 2
    assert findings(tiny) == [
        f"survivors.md gives no reason above {line.unit}" for line in survivors
    ]


def test_a_reason_belongs_to_the_list_below_it(tiny: Assignment) -> None:
    """A list below another list or a heading needs a reason of its own."""
    one, two = record_mutants(tiny, 0, 2)
    assert tiny.private
    path = tiny.private / "survivors.md"
    for between in ("## Others", "Others\n\n# Then"):
        path.write_text(f"A reason.\n\n{one.row}\n\n{between}\n\n{two.row}\n")
        assert unexplained(tiny) == 1
    path.write_text(f"A reason.\n\nIn two paragraphs.\n\n{one.row}\n{two.row}\n")
    assert unexplained(tiny) == 0


def test_a_reason_for_what_is_no_survivor_is_found(tiny: Assignment) -> None:
    """The mutant is killed now, or its line has changed."""
    one, two = survivor(0), survivor(1)
    explain(tiny, [one, two])
    write_lines(tiny, Mutation, one)
    assert findings(tiny) == [f"survivors.md explains what is no survivor: {two.row[2:]}"]
    assert findings(tiny, complete=False) == []
