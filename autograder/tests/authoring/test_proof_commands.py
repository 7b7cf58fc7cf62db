"""ci/mutation.py and ci/repeat_gradings.py: what they say and record, with fakes that grade."""

import importlib.util
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import pytest

from autograder.authoring.proofs.mutants import Mutant
from autograder.authoring.proofs.mutation import Fate, Result
from autograder.authoring.proofs.mutation_record import Mutation
from autograder.authoring.proofs.repeats import Repeats
from autograder.grading.context.request import GradingRequest
from autograder.model.assignment import Assignment
from autograder.model.check import CheckDeclaration
from autograder.model.outcome import Outcome
from autograder.model.report import Report
from autograder.model.verdict import Verdict
from autograder.tests.authoring.course import REPOSITORY, tiny_of
from autograder.tests.authoring.records import explain

Captured = pytest.CaptureFixture[str]
Patch = pytest.MonkeyPatch


def script(name: str, course: Path, monkeypatch: Patch) -> ModuleType:
    """A file of ci/ as a module that works on this course."""
    spec = importlib.util.spec_from_file_location(
        f"{name}_under_test", REPOSITORY / "ci" / f"{name}.py"
    )
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ROOT", course)
    return module


@pytest.fixture
def fates() -> dict[str, Fate]:
    """The fate of the mutants by operator; those of other operators are killed."""
    return {"dropped call": Fate.SURVIVED}


@pytest.fixture
def mutation(course: Path, monkeypatch: Patch, fates: dict[str, Fate]) -> Callable[..., int]:
    """The command with a fake that grades nothing."""
    module = script("mutation", course, monkeypatch)

    def grade(
        assignment: Assignment, root: Path, mutants: Sequence[Mutant], jobs: int, say: object
    ) -> list[Result]:
        return [Result(m, fates.get(m.operator, Fate.KILLED), reason="why") for m in mutants]

    monkeypatch.setattr(module, "grade_mutants", grade)
    return lambda *arguments: int(module.main([*arguments]))


def test_survivors_need_a_reason(
    mutation: Callable[..., int], course: Path, capsys: Captured
) -> None:
    """The status is 1 and the record is written; the status is 0 once the survivor is explained."""
    assert mutation("tiny", "--record") == 1
    told = capsys.readouterr()
    assert "written: reference/tiny/mutation.toml" in told.out
    assert "survivors.md does not explain a mutant" in told.err
    recorded = Mutation.read(tiny_of(course))
    assert recorded and recorded.survivors
    assert recorded.made == recorded.killed + len(recorded.survivors)
    explain(tiny_of(course), recorded.survivors)
    assert mutation("tiny") == 0
    assert capsys.readouterr().err == ""


def test_some_mutants_can_be_tried_alone(
    mutation: Callable[..., int], course: Path, capsys: Captured
) -> None:
    """They are chosen by function or id; reasons for others are no finding."""
    assert mutation("tiny", "--only", "mean_square/dropped-call") == 1
    told = capsys.readouterr()
    assert "not explained: mean_square/dropped-call/" in told.err
    assert told.out.startswith("tiny: 2 mutants, 2 at a time\n")
    assert mutation("tiny", "--only", "mean_square/number") == 2  # there are none
    assert "no mutant of 'mean_square/number'; there are some of mean_square" in (
        capsys.readouterr().err
    )
    assert mutation("tiny", "--only", "mean_square", "--record") == 2
    assert "a record is of all mutants" in capsys.readouterr().err
    assert Mutation.read(tiny_of(course)) is None


def test_a_broken_check_is_told_loudly(
    mutation: Callable[..., int], fates: dict[str, Fate], course: Path, capsys: Captured
) -> None:
    """The status is 2, each mutant has its reason, and nothing is recorded."""
    fates["arithmetic"] = Fate.BROKEN
    assert mutation("tiny", "--record") == 2
    told = capsys.readouterr().err
    assert "BROKEN mean_square/arithmetic/" in told and ": why\n" in told
    assert told.endswith("the grader broke down: nothing is recorded\n")
    assert Mutation.read(tiny_of(course)) is None


def test_without_a_reference_there_are_no_mutants(
    mutation: Callable[..., int], course: Path, capsys: Captured
) -> None:
    """The message is that of every staff command."""
    (course / "reference" / "tiny").rename(course / "elsewhere")
    assert mutation("tiny") == 2
    assert "reference/tiny is not here" in capsys.readouterr().err


@pytest.fixture
def repeat(course: Path, monkeypatch: Patch) -> Callable[..., int]:
    """The command, whose third grading gives another report where there is one."""
    module = script("repeat_gradings", course, monkeypatch)
    check = CheckDeclaration(id="check_a", title="t", part="1.1", points=2.0)
    neighbours: list[int] = []
    asked: list[GradingRequest] = []

    def grade(request: GradingRequest, timeout_s: float) -> Report:
        assert neighbours == [2]
        assert request.hidden and request.secret_file
        asked.append(request)
        verdict = Verdict.OVER_TIME_BUDGET if len(asked) == 3 else Verdict.PASSED
        outcomes = (Outcome(check=check, verdict=verdict),)
        return Report(assignment="tiny", title="t", parts=(), outcomes=outcomes)

    @contextmanager
    def busy(count: int) -> Iterator[None]:
        neighbours.append(count)
        yield
        neighbours.pop()

    monkeypatch.setattr(module, "grade_in_subprocess", grade)
    monkeypatch.setattr(module, "busy_neighbours", busy)
    return lambda *arguments: int(module.main([*arguments]))


def test_gradings_are_recorded(repeat: Callable[..., int], course: Path, capsys: Captured) -> None:
    """A record is written only with --record; without a flip the status is 0."""
    assert repeat("tiny", "--times", "1") == 0
    assert Repeats.read(tiny_of(course)) is None
    assert repeat("tiny", "--times", "1", "--record") == 0
    assert "1 kinds of report, 0 flips" in capsys.readouterr().out
    recorded = Repeats.read(tiny_of(course))
    assert recorded and (recorded.gradings, recorded.flips, recorded.neighbours) == (1, 0, 2)


def test_a_flip_is_told_and_recorded(
    repeat: Callable[..., int], course: Path, capsys: Captured
) -> None:
    """The differing result is printed, and the status is 1."""
    assert repeat("tiny", "--times", "4", "--record") == 1
    told = capsys.readouterr().out
    assert (
        "1 times otherwise: [CheckResult(check='check_a', verdict=<Verdict.OVER_TIME_BUDGET:"
        in told
    )
    recorded = Repeats.read(tiny_of(course))
    assert recorded and (recorded.gradings, recorded.kinds, recorded.flips) == (4, 2, 1)
