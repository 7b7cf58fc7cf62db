"""Budgets: what is refused, what makes one due, and a whole proof of a small assignment."""

from pathlib import Path

import pytest

from autograder.authoring.proofs.code import AssignmentCode
from autograder.authoring.proofs.conditions import Condition, busy_neighbours, conditions
from autograder.authoring.proofs.kinds import budgets as budgets_module
from autograder.authoring.proofs.kinds.budget_figures import REFERENCE, Figure, Reading, figures
from autograder.authoring.proofs.kinds.budgets import BudgetLine, BudgetsProof
from autograder.authoring.proofs.propose import proposals
from autograder.grading.declaring.declare import checks_taking
from autograder.model.errors import UsageError
from autograder.model.outcome import Measurement
from autograder.tests.authoring.course import copy_of, replace, scaffolded, tiny_of, write
from autograder.tests.authoring.records import ignore, setting_of
from autograder.tests.authoring.records import write as write_lines

TOO_SLOW = "over_time_budget/slow"
TIMED = '''

@check(part="1.1", points=1)
def check_mean_square_is_quick(student, oracle, budgets):
    """The mean square takes the time of one product."""

    def verify(args, value, want):
        expect.close(value, want, rtol=1e-12, why="zeros", what="the mean square")

    budgets.time(
        "mean_square_time",
        student.mean_square,
        inputs=lambda rng: (recipe("zeros", seed=1, shape=(4_000_000,)),),
        expected=lambda x: 0.0,
        verify=verify,
    )
'''
SHARED = '''
from autograder.grading import check


@check(part="1.1", points=1)
def check_shared(student, budgets):
    """Two functions hold one budget."""
    _hold(student, budgets)


def _hold(student, budgets):
    budgets.memory("bytes", student.f, inputs=lambda rng: (), sizes={})
'''
BUDGET = """
[budgets.mean_square_time]
time = 3.0
yardstick = "product"
[yardsticks.product]
interpreter_steps = 10
operations = [{ op = "matmul", shapes = [[4000000], [4000000]] }]
"""
SLOW = '''"""It squares every number ten times.

caught by: check_mean_square_is_quick
message: x yardstick
"""


def mean_square(x):
    for _ in range(20):
        square = float((x * x).sum())
    return square / len(x)
'''


def reading(program: str, value: float, condition: str = "as it is") -> Reading:
    """One measurement of a budget of 3 x."""
    measurement = Measurement(name="t", kind="time", value=value, budget=3.0, unit="x yardstick")
    return Reading(program, condition, measurement)


def refusals(*readings: Reading) -> list[str]:
    """Why the budget of these readings cannot be relied on."""
    return [why for figure in figures(readings).values() for why in figure.refusals()]


def kind_of(root: Path) -> BudgetsProof:
    """The budgets of the course as it is now."""
    return BudgetsProof(setting_of(tiny_of(root)))


GOOD = (reading(REFERENCE, 1.0), reading("accepted/a", 2.3), reading(TOO_SLOW, 7.6))


def test_a_good_budget_is_not_refused() -> None:
    """Right work takes four fifths of it, wrong work two and a half times, and nothing drifts."""
    assert refusals(*GOOD, reading(REFERENCE, 1.2, "SSE")) == []


@pytest.mark.parametrize(
    ("readings", "reason"),
    [
        ((*GOOD[:2], reading("accepted/b", 2.5), reading(TOO_SLOW, 8.0)), "of 3.2 x fits"),
        ((*GOOD, reading(REFERENCE, 1.3, "SSE")), "1.00 x to 1.30 x by condition, a drift of 1.30"),
        ((*GOOD, reading("over_time_budget/b", 7.4)), "b 7.40 x; the budget of 3 x must be 1.25"),
        ((*GOOD, reading("over_time_budget/b", 7.0)), "the two are too close to be told apart"),
        (GOOD[:2], "no must-fail program is caught by its clock: write one"),
    ],
)
def test_a_budget_that_would_wrong_somebody_is_refused(
    readings: tuple[Reading, ...], reason: str
) -> None:
    """Each rule has a reason that names the program and the figure."""
    (refusal,) = refusals(*readings)
    assert reason in refusal


def test_counts_are_recorded_and_never_refused() -> None:
    """They are the same everywhere, so `verify` compares them with their budgets."""
    steps = Measurement(name="n", kind="operations", value=90, budget=100, unit="steps")
    counted = Reading(REFERENCE, "as it is", steps)
    assert refusals(counted) == []
    assert figures([counted])["n"].reference == 90


def test_a_budget_of_two_amounts_has_a_figure_for_each() -> None:
    """What is too much for one optimiser may be little for another."""

    def measured(program: str, value: float, allowed: float) -> Reading:
        found = Measurement(name="n", kind="memory", value=value, budget=allowed, unit="bytes")
        return Reading(program, "as it is", found)

    too_much = "over_memory_budget/b"
    first = (measured(REFERENCE, 90, 100), measured(too_much, 110, 100))
    found = figures([*first, measured(REFERENCE, 280, 300), measured(too_much, 330, 300)])
    rows = {name: (row.reference, row.lowest_too_much) for name, row in found.items()}
    assert rows == {"n of 100": (90, 110), "n of 300": (280, 330)}


def test_a_program_that_another_budget_catches_says_nothing() -> None:
    """It may be as quick as right work by this clock; without the other one it would be refused."""
    quick = reading(TOO_SLOW, 1.2)
    assert refusals(*GOOD, quick._replace(caught_elsewhere=True)) == []
    (refusal,) = refusals(*GOOD, quick)
    assert "too close to be told apart" in refusal


def test_the_record_reads_back_as_it_was_written(course: Path) -> None:
    """Also a budget of several amounts; every budget that cannot decide is a finding."""
    line = BudgetLine(unit="n", code="c", figures={"n of 1.6e+07": figures(GOOD[:2])["t"]})
    write_lines(tiny_of(course), BudgetsProof, line)
    kind = kind_of(course)
    assert kind.lines == {"n": line}
    assert list(kind.findings()) == [
        "n of 1.6e+07: no must-fail program is caught by its clock: write one"
    ]


def test_conditions_start_with_the_machine_as_it_is_and_each_is_also_loaded() -> None:
    """The others force another instruction set, where the processor has several."""
    held = conditions()
    assert held[0] == Condition("as it is", {}, 0)
    assert len([c for c in held if c.neighbours]) * 2 == len(held)
    with busy_neighbours(1):
        pass


@pytest.fixture
def root(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scaffolded assignment with a time budget and a program over it."""
    root = copy_of(scaffolded(tmp_path_factory), tmp_path / "course")
    public = root / "assignments" / "tiny"
    replace(public / "assignment.toml", "\n[budgets.", BUDGET + "\n[budgets.")
    (checks,) = (public / "checks").glob("check_*.py")
    write(root, f"assignments/tiny/checks/{checks.name}", checks.read_text() + TIMED)
    replace(checks, "import check, expect", "import check, expect, recipe")
    write(root, f"reference/tiny/submissions/{TOO_SLOW}.py", SLOW)
    return root


def test_a_whole_proof_and_what_makes_it_due(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A budget is due again when a program, its amount or its check has changed."""
    monkeypatch.setattr(budgets_module, "conditions", lambda: [Condition("as it is", {}, 0)])
    monkeypatch.setattr(budgets_module, "REPEATS", 1)
    kind = kind_of(root)
    unit = kind.known_units["mean_square_time"]
    (line,) = kind.prove([unit], ignore)
    figure: Figure = line.figures["mean_square_time"]
    assert figure.which_too_much == TOO_SLOW
    assert figure.lowest_too_much > 3 * figure.reference > 0
    write_lines(tiny_of(root), BudgetsProof, line)
    assert unit.id not in kind_of(root).due()
    changes = [
        (root / "assignments" / "tiny" / "assignment.toml", "time = 3.0", "time = 3.5"),
        (root / "reference" / "tiny" / "submissions" / f"{TOO_SLOW}.py", "range(20)", "range(30)"),
        (next((root / "assignments/tiny/checks").glob("*.py")), "(4_000_000,)", "(5_000_000,)"),
    ]
    for path, old, new in changes:
        replace(path, old, new)
        assert kind_of(root).due()[unit.id] == "changed"
        replace(path, new, old)
    assert unit.id not in kind_of(root).due()


def test_a_yardstick_is_proposed_from_the_reference(root: Path) -> None:
    """The table has the product that the reference computes, and its interpreter steps."""
    (proposed,) = proposals(tiny_of(root), root)
    assert proposed.startswith("[yardsticks.product]\ninterpreter_steps = ")
    assert '{ op = "matmul", shapes = [[4000000], [4000000]] }' in proposed


def test_a_helper_that_is_handed_the_budgets_is_no_check(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Only functions with @check are checks, also where they pass the budgets on."""
    root = copy_of(scaffolded(tmp_path_factory), tmp_path / "course")
    before = checks_taking("budgets", tiny_of(root), hidden=True)
    write(root, "assignments/tiny/checks/check_2_shared.py", SHARED)
    assert AssignmentCode(tiny_of(root)).measuring(["bytes"]) == ()
    after = checks_taking("budgets", tiny_of(root), hidden=True)
    assert {*after} == {*before, "check_shared"}


def test_without_time_budgets_there_is_nothing_to_propose(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Yardsticks are for time."""
    root = copy_of(scaffolded(tmp_path_factory), tmp_path / "course")
    with pytest.raises(UsageError, match="has no time budget"):
        list(proposals(tiny_of(root), root))
