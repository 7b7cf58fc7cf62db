"""The proof of comparisons: right programs pass with every seed, far below what is allowed."""

from pathlib import Path

import pytest

from autograder.authoring.proofs.conditions import Condition
from autograder.authoring.proofs.kind import OTHERWISE, Setting
from autograder.authoring.proofs.kinds import comparisons as comparisons_module
from autograder.authoring.proofs.kinds.budget_figures import REFERENCE
from autograder.authoring.proofs.kinds.comparisons import (
    LARGEST_SHARE,
    LOOSE,
    Comparisons,
    ComparisonsLine,
    Nearest,
    tried_conditions,
)
from autograder.authoring.proofs.prove import kinds_named, prove
from autograder.authoring.proofs.record import read_record, write_record
from autograder.grading.context.seeds import generator, public_seed
from autograder.grading.running.session import ignore
from autograder.model.report import Report
from autograder.tests.authoring.course import replace, tiny_of, write

LOOP = "check_mean_square_agrees_with_a_loop"
STEPS = "check_mean_square_is_vectorised"
HANDOUT, MANY = "check_mean_square_of_three_numbers", "check_mean_square_of_many_numbers"
HERE = Condition("here", {})
ACCEPTED = "reference/tiny/submissions/accepted"
TRIED = 6  # seeds
NOISY = '''"""Right, but for a last bit that is off more the longer the array is."""


def mean_square(x):
    return float(x @ x) / len(x) * (1 + 4e-16 * len(x))
'''


@pytest.fixture(autouse=True)
def fewer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fewer seeds, and this machine as it is."""
    monkeypatch.setattr(comparisons_module, "SEEDS", TRIED)
    monkeypatch.setattr(comparisons_module, "_FEW", 2)
    monkeypatch.setattr(comparisons_module, "tried_conditions", lambda: [HERE])


def kind_of(course: Path) -> Comparisons:
    """The proof of the course as it is now."""
    return Comparisons(Setting(tiny_of(course), course))


def proved(course: Path) -> list[str]:
    """What the proof finds, after it has graded what is due."""
    return prove(Setting(tiny_of(course), course, 2), kinds_named(["comparisons"]), False, ignore)


def nearest(share: float, what: str = "the loss") -> Nearest:
    """A comparison that used this share of its tolerance."""
    return Nearest(
        what=what,
        why="float64, 20 terms",
        allowed=1e-12,
        error=float(f"{share * 1e-12:.3g}"),  # as many digits as the file keeps
        program="accepted/odd",
        condition="SSE",
        variation=7,
        rounding=True,
    )


def recorded(course: Path, *found: Nearest) -> Comparisons:
    """The proof with one line that holds these comparisons."""
    line = ComparisonsLine(unit="check_loss", code="c", passed=12, nearest=found)
    write_record(tiny_of(course), "comparisons", {"check_loss": line})
    return kind_of(course)


def test_right_programs_pass_every_check_with_every_seed(course: Path) -> None:
    """Each check has a line with so many runs, also one that compares nothing; a second run grades
    nothing, and the figures are far below the tolerances."""
    assert proved(course) == []
    kind = kind_of(course)
    assert {unit: line.passed for unit, line in kind.lines.items()} == {
        HANDOUT: 2 * TRIED,
        LOOP: 2 * TRIED,
        STEPS: 2 * 2,
        MANY: 2 * TRIED,
    }
    assert [len(kind.lines[name].nearest) for name in (HANDOUT, LOOP, STEPS, MANY)] == [1, 1, 0, 1]
    assert kind.lines[LOOP].machine
    assert kind.due() == {}


def test_a_right_program_that_fails_with_one_seed_is_a_finding(course: Path) -> None:
    """Program, condition, seed and message are named, and the check stays due."""
    numbers = [generator(public_seed(LOOP, s)).standard_normal(57)[0] for s in range(TRIED)]
    text = f'"""Odd."""\n\n\ndef mean_square(x):\n    if x[0] == {float(numbers[4])!r}:\n'
    text += "        return 0.0\n    return float(x @ x) / len(x)\n"
    write(course, f"{ACCEPTED}/odd.py", text)
    failed, near = proved(course)
    assert failed.startswith(
        f"comparisons: {LOOP}: accepted/odd, here, fails {LOOP} with 1 of {TRIED} seeds (4): WRONG:"
        " the mean square is off by 1 of its size"
    )
    assert "accepted/odd is off by" in near
    assert kind_of(course).due() == {LOOP: OTHERWISE}


def test_a_right_program_that_comes_too_near_is_measured(course: Path) -> None:
    """Also where it is beyond what is allowed: its error is the figure to be fixed."""
    write(course, f"{ACCEPTED}/noisy.py", NOISY)
    found = proved(course)
    assert any(f"{LOOP}, the mean square: accepted/noisy is off by" in text for text in found)


def test_a_tenth_of_a_tolerance_is_too_near(course: Path) -> None:
    """The finding names check, comparison, program, seed and condition, and what to raise."""
    assert list(recorded(course, nearest(0.99 * LARGEST_SHARE)).findings()) == []
    (refusal,) = recorded(course, nearest(0.01), nearest(0.25)).findings()
    assert refusal == (
        "check_loss, the loss: accepted/odd is off by 2.5e-13, which is 0.25 of the allowed 1e-12"
        " (float64, 20 terms), with seed 7, SSE: raise `condition` if numbers cancel or grow on the"
        " way, or `terms` if a longer sum is behind it; give `size` for a result near 0"
    )


def test_where_zero_is_expected_any_error_is_too_near(course: Path) -> None:
    """Where zero is allowed, the share is infinite."""
    zero = Nearest(what="w", error=0.0, allowed=0.0, rounding=True, condition="SSE")
    off = Nearest(what="w", error=1e-17, allowed=0.0, rounding=True, condition="SSE")
    assert list(recorded(course, zero).findings()) == []
    (refusal,) = recorded(course, off).findings()
    assert "is inf of the allowed 0 " in refusal


def test_what_nothing_comes_near_to_is_said(course: Path) -> None:
    """It is loose, and no finding; a comparison that is always exact says nothing about it."""
    replace(course / "assignments/tiny/checks/check_1_mean_square.py", "terms=57", "terms=10**9")
    said: list[str] = []
    setting = Setting(tiny_of(course), course, 2)
    assert prove(setting, kinds_named(["comparisons"]), False, said.append) == []
    (line,) = (line for line in said if line.startswith("loose"))
    assert line.startswith(f"loose: {LOOP}, the mean square: at most ")
    assert LOOSE == 1e-5


def test_the_record_reads_back_as_it_was_written(course: Path) -> None:
    """Quotes and odd letters included, and a line for each check."""
    wanted = nearest(0.0123, 'the "loss" é'), nearest(0.0)
    recorded(course, *wanted)
    (line,) = read_record(tiny_of(course), "comparisons", ComparisonsLine).values()
    assert line.nearest == wanted


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("assignments/tiny/checks/check_1_mean_square.py", "terms=57", "terms=56", {LOOP}),
        ("assignments/tiny/checks/check_1_mean_square.py", "points=3", "points=4", set()),
        ("reference/tiny/checks/check_1_mean_square.py", "(1, 2, 1000)", "(1, 2, 9)", {MANY}),
        ("reference/tiny/oracles.py", "math.fsum", "sum", {LOOP, MANY}),
        (f"{ACCEPTED}/by_numpy_mean.py", "x**2", "x * x", {LOOP, MANY, HANDOUT, STEPS}),
        (f"{ACCEPTED}/by_numpy_mean.py", "mean_square", "other", {LOOP, MANY, HANDOUT, STEPS}),
    ],
)
def test_what_a_change_could_alter_is_due(
    course: Path, file: str, old: str, new: str, expected: set[str]
) -> None:
    """A check, the oracles it asks, the reference, and the accepted variants of what it calls."""
    units = kind_of(course).units()
    lines = {unit.id: ComparisonsLine(unit=unit.id, code=unit.code) for unit in units}
    write_record(tiny_of(course), "comparisons", lines)
    replace(course / file, old, new)
    assert kind_of(course).due().keys() == expected


def test_a_variant_is_run_by_the_checks_that_it_touches(course: Path) -> None:
    """To the others it is the reference."""
    text = '"""Another function."""\n\n\ndef other(x):\n    return x\n'
    write(course, f"{ACCEPTED}/other.py", text)
    names = [p.name if p else REFERENCE for p in kind_of(course)._programs(LOOP)]
    assert names == [REFERENCE, "accepted/by_numpy_mean"]


def test_conditions_are_the_instruction_sets_and_two_threads() -> None:
    """The machine as it is comes first: the seed at home is tried there."""
    first, *_, last = tried_conditions()
    assert first == Condition("as it is", {})
    assert last == Condition("as it is, 2 threads", {}, threads=2)


def test_what_counts_runs_with_one_thread(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second buffer of BLAS is in no budget of memory."""
    held = [HERE, HERE._replace(name="with two", threads=2)]
    monkeypatch.setattr(comparisons_module, "tried_conditions", lambda: held)
    kind = kind_of(course)
    assert {task.condition.threads for task in kind._tasks((STEPS,))} == {1}
    assert {task.condition.threads for task in kind._tasks((LOOP,))} == {1, 2}


def test_programs_share_the_seeds_out_to_the_conditions(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every program has all of them, each under one condition."""
    held = [Condition(name, {}) for name in "abc"]
    monkeypatch.setattr(comparisons_module, "tried_conditions", lambda: held)
    tried: list[comparisons_module._Task] = []
    grade = Comparisons._grade

    def noted(kind: Comparisons, answers: Path, task: comparisons_module._Task) -> Report:
        tried.append(task)
        return grade(kind, answers, task)

    monkeypatch.setattr(Comparisons, "_grade", noted)
    assert proved(course) == []
    seeds = {(t.name, t.condition.name): tuple(t.seeds) for t in tried if LOOP in t.checks}
    variant = "accepted/by_numpy_mean"
    parts = {"a": (0, 1), "b": (2, 3), "c": (4, 5)}
    assert seeds == {(name, c): parts[c] for name in (REFERENCE, variant) for c in "abc"}
