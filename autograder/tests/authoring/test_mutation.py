"""Mutants are graded like submissions: killed, surviving, or breaking a check."""

from pathlib import Path

import msgspec
import pytest

from autograder.authoring.proofs import mutation as mutation_module
from autograder.authoring.proofs.mutants import Mutant, mutants_of
from autograder.authoring.proofs.mutation import Fate, grade_mutants, stages
from autograder.grading.context.request import GradingRequest
from autograder.model.errors import ConfigError, GraderError
from autograder.model.report import Report
from autograder.tests.authoring.course import CHECKS, replace, secret_of, tiny_of, write

# a slip that the checks of the scaffold do not notice, and one that they do
SURVIVES, KILLED = "return x @ x / len(x)", "return float(x @ x) * len(x)"
BREAKS = '''
@check(part="1.1", points=1)
def check_that_breaks_on_a_mutant(student):
    """A check that raises an error on some mutants."""
    1 / (student.mean_square(np.ones(2)) - 4)
'''


def mutant(course: Path, after: str) -> Mutant:
    """The mutant whose line this is."""
    return next(m for m in mutants_of(tiny_of(course)) if m.after == after)


def test_mutants_are_killed_or_survive(course: Path) -> None:
    """The record names the check that killed it; survivors are printed at once."""
    both = [mutant(course, KILLED), mutant(course, SURVIVES)]
    said: list[str] = []
    killed, survivor = grade_mutants(tiny_of(course), course, both, 2, said.append)
    assert (killed.fate, survivor.fate) == (Fate.KILLED, Fate.SURVIVED)
    assert (killed.verdict, killed.reason) == ("WRONG", "check_mean_square_of_three_numbers")
    assert (survivor.verdict, survivor.reason) == ("", "")
    assert said == [f"survived {survivor.mutant.id}: {survivor.mutant.before}  ->  {SURVIVES}"]


def test_a_check_that_breaks_down_is_our_fault(course: Path) -> None:
    """Such a mutant is not killed: it is reported with the traceback."""
    one = mutant(course, KILLED)
    for top in ("assignments", "reference"):
        (course / top / "tiny/checks/check_1_mean_square.py").unlink()
    write(course, "reference/tiny/checks/check_2.py", CHECKS + BREAKS)
    said: list[str] = []
    (found,) = grade_mutants(tiny_of(course), course, [one], 1, said.append)
    assert found.fate is Fate.BROKEN
    assert found.reason.startswith("check_that_breaks_on_a_mutant is broken: ")
    assert "ZeroDivisionError" in found.reason
    assert said[0].startswith(f"BROKEN {one.id}: ")


def test_near_checks_come_first_and_budgets_last(course: Path) -> None:
    """Then the others, because parts use one another; without parts all are in the first stage."""
    toml = course / "assignments/tiny/assignment.toml"
    second = '\n[[parts]]\nid = "1.2"\ntitle = "t"\npoints = 2\nhours = 1.0\n'
    toml.write_text(toml.read_text() + second)
    checks = course / "assignments/tiny/checks/check_1_mean_square.py"
    more = [
        f'\n\n@check(part="1.2", points=1)\ndef check_{name}(student, {name}):\n    """It is."""\n'
        for name in ("rng", "budgets")
    ]
    checks.write_text(checks.read_text() + "".join(more))
    one = mutant(course, KILLED)
    first, rest = stages(tiny_of(course), one)
    assert set(first) == {
        "check_mean_square_of_three_numbers",
        "check_mean_square_agrees_with_a_loop",
        "check_mean_square_of_many_numbers",
    }
    assert set(rest) == {"check_rng", "check_budgets", "check_mean_square_is_vectorised"}
    unknown = msgspec.structs.replace(one, parts=frozenset())
    everything, budgets = stages(tiny_of(course), unknown)
    assert set(everything) == {*first, "check_rng"}
    assert budgets == ("check_mean_square_is_vectorised", "check_budgets")


def test_a_stage_that_kills_is_the_last(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hidden checks and secret inputs are graded, and nothing after the first failure."""
    asked: list[GradingRequest] = []

    def grade(request: GradingRequest, timeout_s: float) -> Report:
        asked.append(request)
        if len(asked) == 3:
            raise GraderError("took over 3 s")
        return Report(assignment="tiny", title="t", parts=(), outcomes=())

    monkeypatch.setattr(mutation_module, "grade_in_subprocess", grade)
    one = mutant(course, KILLED)
    assert grade_one(course, one) is Fate.SURVIVED
    assert [request.checks for request in asked] == stages(tiny_of(course), one)
    assert all(
        r.hidden and r.modes.stop_at_first and r.secret_file == secret_of(course) for r in asked
    )
    assert grade_one(course, one) is Fate.BROKEN
    assert len(asked) == 3


def grade_one(course: Path, one: Mutant) -> Fate:
    """What becomes of a mutant."""
    (found,) = grade_mutants(tiny_of(course), course, [one], 1, lambda text: None)
    return found.fate


def test_a_missing_secret_is_an_error(course: Path) -> None:
    """The error is that of `verify`."""
    replace(course / "course.toml", secret_of(course).as_posix(), "/none")
    with pytest.raises(ConfigError, match="autograder new --secret"):
        grade_mutants(tiny_of(course), course, [], 1, lambda text: None)
