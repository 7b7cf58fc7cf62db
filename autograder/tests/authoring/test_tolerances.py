"""Measured tolerances: what is too near, what is loose, what makes the record stale."""

import importlib.util
from pathlib import Path
from types import ModuleType

import msgspec
import pytest

from autograder.authoring import scaffold as scaffold_module
from autograder.authoring.proofs import measure_tolerances
from autograder.authoring.proofs.calibration import REFERENCE
from autograder.authoring.proofs.conditions import Condition
from autograder.authoring.proofs.measure_tolerances import Task, measure, tried_conditions
from autograder.authoring.proofs.tolerances import (
    LARGEST_SHARE,
    LOOSE,
    Nearest,
    Tolerances,
    loose,
    too_near,
)
from autograder.model.assignment import Assignment
from autograder.model.errors import GraderError
from autograder.model.report import Report
from autograder.tests.authoring.course import replace, tiny_of, write

COMMAND = Path(__file__).resolve().parents[3] / "ci" / "tolerances.py"
LOOP = "check_mean_square_agrees_with_a_loop"
HERE = Condition("here", {})
NOISY = '''"""Right, but for a last bit that is off more the longer the array is."""


def mean_square(x):
    return float(x @ x) / len(x) * (1 + 4e-16 * len(x))
'''


def nearest(share: float, what: str = "the loss") -> Nearest:
    """A comparison that used this share of its tolerance."""
    return Nearest(
        check="check_loss",
        what=what,
        why="float64, 20 terms",
        allowed=1e-12,
        error=float(f"{share * 1e-12:.3g}"),  # as many digits as the file keeps
        program="accepted/odd",
        condition="SSE",
        seed=7,
    )


def figures(*comparisons: Nearest) -> Tolerances:
    """A record of these comparisons."""
    return Tolerances(
        fingerprint="f",
        date="2026-01-01",
        seeds=3,
        programs=2,
        conditions=["as it is", "SSE"],
        machine={"processor": 'a "b" \\ é'},
        comparisons=list(comparisons),
    )


def test_a_tenth_of_a_tolerance_is_too_near() -> None:
    """The finding names check, comparison, program, seed and condition, and what to raise."""
    assert list(too_near([nearest(0.99 * LARGEST_SHARE)])) == []
    (refusal,) = too_near([nearest(0.01), nearest(0.25)])
    assert refusal == (
        "check_loss, the loss: accepted/odd is off by 2.5e-13, which is 0.25 of the allowed 1e-12"
        " (float64, 20 terms), with seed 7, SSE: raise `condition` if numbers cancel or grow on the"
        " way, or `terms` if a longer sum is behind it; give `size` for a result near 0"
    )


def test_where_zero_is_expected_any_error_is_too_near() -> None:
    """Where zero is allowed, the share is infinite."""
    found = msgspec.structs.replace(nearest(0.0), allowed=0.0)
    assert list(too_near([found])) == []
    (refusal,) = too_near([msgspec.structs.replace(found, error=1e-17)])
    assert "is inf of the allowed 0 " in refusal


def test_what_nothing_comes_near_to_is_loose() -> None:
    """A comparison that is always exact says nothing about its tolerance."""
    assert list(loose([nearest(1.01 * LOOSE), nearest(0.0)])) == []
    (line,) = loose([nearest(0.5 * LOOSE)])
    assert line == (
        "check_loss, the loss: at most 5e-06 of the allowed 1e-12 is used (float64, 20 terms)"
    )


def test_the_file_reads_back_as_it_was_written(course: Path) -> None:
    """Quotes and odd letters included, and a line for each comparison."""
    wanted = figures(nearest(0.0123, 'the "loss" é'), nearest(0.0))
    path = wanted.write(tiny_of(course))
    assert Tolerances.read(tiny_of(course)) == wanted
    assert sum(row.startswith("  { check = ") for row in path.read_text().splitlines()) == 2


def test_the_table_shows_the_nearest_comparison_of_each_check() -> None:
    """The nearest check is first."""
    other = msgspec.structs.replace(nearest(0.02), check="check_other")
    _, first, second = figures(nearest(0.001, "a"), other, nearest(0.01, "b")).table()
    assert first.split()[0] == "0.02"
    assert second == "   0.01    1e-14    1e-12  check_loss, accepted/odd, SSE, 7"


def test_a_new_assignment_has_its_record(course: Path) -> None:
    """Its fingerprint is that of its own files, so nothing is stale before a change."""
    assert list(Tolerances.problems(tiny_of(course))) == []


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("assignments/tiny/checks/check_1_mean_square.py", "terms=57", "terms=56"),
        ("reference/tiny/checks/check_1_mean_square.py", "(1, 2, 1000)", "(1, 2, 1001)"),
        ("reference/tiny/tiny.py", "float(x @ x)", "float(np.sum(x * x))"),
        ("reference/tiny/oracles.py", "math.fsum", "sum"),
        ("reference/tiny/submissions/accepted/by_numpy_mean.py", "x**2", "x * x"),
    ],
)
def test_a_change_of_what_was_measured_makes_the_record_stale(
    course: Path, name: str, old: str, new: str
) -> None:
    """The problem names the command that renews the record."""
    replace(course / name, old, new)
    assert list(Tolerances.problems(tiny_of(course))) == [
        "tolerances.toml is of other checks, oracles or programs:"
        " run `python ci/tolerances.py tiny --record`"
    ]


def test_a_new_accepted_program_makes_the_record_stale(course: Path) -> None:
    """The new program was not measured."""
    write(course, "reference/tiny/submissions/accepted/noisy.py", NOISY)
    (stale,) = Tolerances.problems(tiny_of(course))
    assert "is of other checks, oracles or programs" in stale


def test_a_missing_record_is_found_where_checks_round(course: Path) -> None:
    """An assignment whose checks state no rounding needs none."""
    Tolerances.path(tiny_of(course)).unlink()
    (missing,) = Tolerances.problems(tiny_of(course))
    assert missing.startswith("no tolerances.toml: run `python ci/")
    for path in course.glob("*/tiny/checks/*.py"):
        text = path.read_text(encoding="utf-8").replace(", rounding", "")
        path.write_text(text.replace("within=rounding(", "within=dict("), encoding="utf-8")
    assert list(Tolerances.problems(tiny_of(course))) == []


def test_a_record_of_something_too_near_is_found(course: Path) -> None:
    """A record written by hand is refused as the measurement would be."""
    recorded = Tolerances.read(tiny_of(course))
    assert recorded
    msgspec.structs.replace(recorded, comparisons=[nearest(0.5)]).write(tiny_of(course))
    (problem,) = Tolerances.problems(tiny_of(course))
    assert "which is 0.5 of the allowed" in problem


def test_settings_start_as_it_is_and_repeat_with_two_threads() -> None:
    """The instruction sets with one thread, then the same with two, by another launcher."""
    held = tried_conditions()
    assert held[0] == Condition("as it is", {})
    half = len(held) // 2
    for one, two in zip(held[:half], held[half:], strict=True):
        assert (one.threads, two.threads) == (1, 2)
        assert (two.environment, two.name) == (one.environment, f"{one.name}, 2 threads")


def measured(course: Path, monkeypatch: pytest.MonkeyPatch, seeds: int) -> Tolerances:
    """A measurement on this machine as it is."""
    monkeypatch.setattr(measure_tolerances, "tried_conditions", lambda: [HERE])
    return measure(tiny_of(course), course, seeds, 2, say=lambda text: None)


def test_the_scaffold_measures_as_its_record_says(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The comparisons that are recorded are those that are made, and right programs are as near on
    this machine; of several sizes another one may be the nearest here."""
    found = measured(course, monkeypatch, seeds=20)
    recorded = Tolerances.read(tiny_of(course))
    assert recorded
    assert found.fingerprint == recorded.fingerprint
    assert {(c.check, c.what) for c in found.comparisons} == {
        (c.check, c.what) for c in recorded.comparisons
    }
    assert list(too_near(found.comparisons)) == []
    shipped = Path(scaffold_module.__file__).parent / "scaffold_files" / "reference"
    assert 'fingerprint = "FINGERPRINT"' in (shipped / "tolerances.toml").read_text("utf-8")


def test_a_right_program_that_comes_too_near_is_measured(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where it is beyond what is allowed: its error is the figure to be fixed."""
    write(course, "reference/tiny/submissions/accepted/noisy.py", NOISY)
    found = measured(course, monkeypatch, seeds=4)
    near = [c for c in found.comparisons if c.program == "accepted/noisy"]
    assert LOOP in {c.check for c in near}
    assert any(LOOP in refusal for refusal in too_near(found.comparisons))


def test_a_right_program_that_is_wrong_is_no_measurement(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its error says nothing about rounding: the check and what it said are told."""
    text = '"""Not a number."""\n\n\ndef mean_square(x):\n    return None\n'
    write(course, "reference/tiny/submissions/accepted/nothing.py", text)
    with pytest.raises(GraderError, match=r"fails accepted/nothing, here: .*nothing was returned"):
        measured(course, monkeypatch, seeds=1)


def test_variants_share_the_seeds_out(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """To both ends of the instruction sets, with one thread and with two; the reference has all."""
    one = [Condition(name, {}) for name in "abc"]
    held = one + [Condition(name, {}, threads=2) for name in "ABC"]
    monkeypatch.setattr(measure_tolerances, "tried_conditions", lambda: held)
    tried: list[Task] = []
    grade = measure_tolerances._grade

    def noted(assignment: Assignment, root: Path, task: Task) -> Report:
        tried.append(task)
        one = task.condition._replace(threads=1)  # two would take another launcher, and longer
        return grade(assignment, root, task._replace(condition=one))

    monkeypatch.setattr(measure_tolerances, "_grade", noted)
    measure(tiny_of(course), course, 6, 2, say=lambda text: None)
    seeds = {(t.name, t.condition.name): tuple(t.seeds) for t in tried[1:] if LOOP in t.checks}
    variant = "accepted/by_numpy_mean"
    assert seeds == {
        **{(REFERENCE, condition.name): (0, 1, 2, 3, 4, 5) for condition in held},
        (variant, "a"): (0, 1),
        (variant, "c"): (2, 3),
        (variant, "A"): (4, 5),
    }


@pytest.fixture
def command() -> ModuleType:
    """ci/tolerances.py as a module of its own."""
    spec = importlib.util.spec_from_file_location("tolerances_under_test", COMMAND)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_command_records_what_is_good(
    command: ModuleType,
    course: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Status 0, the loose ones listed, and the file written only where that is asked for."""
    found = figures(nearest(0.05), nearest(1e-6, "the gradient"))
    monkeypatch.setattr(command, "ROOT", course)
    monkeypatch.setattr(command, "measure", lambda *_, **__: found)
    path = Tolerances.path(tiny_of(course))
    before = path.read_text(encoding="utf-8")
    assert command.main(["tiny"]) == 0
    assert path.read_text(encoding="utf-8") == before
    assert command.main(["tiny", "--record"]) == 0
    assert Tolerances.read(tiny_of(course)) == found
    out = capsys.readouterr().out
    assert "loose: check_loss, the gradient: at most 1e-06 of" in out
    assert "written: reference/tiny/tolerances.toml" in out


def test_the_command_refuses_and_records_nothing(
    command: ModuleType,
    course: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Status 1, with the finding on stderr."""
    monkeypatch.setattr(command, "ROOT", course)
    monkeypatch.setattr(command, "measure", lambda *_, **__: figures(nearest(0.3)))
    before = Tolerances.path(tiny_of(course)).read_text(encoding="utf-8")
    assert command.main(["tiny", "--record"]) == 1
    assert Tolerances.path(tiny_of(course)).read_text(encoding="utf-8") == before
    assert "too near: check_loss, the loss: accepted/odd" in capsys.readouterr().err


def test_seeds_are_at_least_one(command: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing would be measured."""
    with pytest.raises(SystemExit):
        command.main(["tiny", "--seeds", "0"])
    assert "--seeds must be at least 1" in capsys.readouterr().err
