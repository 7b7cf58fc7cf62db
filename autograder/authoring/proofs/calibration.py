"""`reference/<id>/calibration.toml`: what was measured when the budgets were last found good.

`autograder calibrate` writes it, `verify` and the tests of the handouts' figures read it.
"""

import ast
import statistics
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

import msgspec

from autograder.authoring.proofs.record import Record
from autograder.grading.declaring.declare import checks_taking
from autograder.grading.provenance.sources import check_code, code_fingerprint, programs_and_data
from autograder.model.assignment import Assignment
from autograder.model.outcome import Measurement

_PROVING = ("accepted", "over_time_budget", "over_memory_budget", "over_operation_budget")
REFERENCE = "reference"
CLOCK = "x yardstick"  # the unit of what a clock decides
MARGIN = 1.25  # between what passes and the budget, and between one condition and another
TOO_SLOW = 2.5  # times the budget: what must fail


class Reading(NamedTuple):
    """One measurement of one program."""

    program: str  # REFERENCE, or folder/name
    condition: str
    measurement: Measurement

    @property
    def value(self) -> float:
        """What was measured, in the budget's unit."""
        return self.measurement.value

    @property
    def is_time(self) -> bool:
        """Whether a clock measured it."""
        return self.measurement.unit == CLOCK


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One budget, in its own unit."""

    unit: str
    budget: float
    reference: float  # the median over all conditions
    lowest: float  # of the reference's medians, by condition
    highest: float
    highest_accepted: float
    which_accepted: str
    lowest_too_much: float = 0.0  # 0: no must-fail program of this kind is caught by its check
    which_too_much: str = ""

    @property
    def drift(self) -> float:
        """The highest median over the lowest: conditions should not change it."""
        return self.highest / self.lowest if self.lowest > 0 else 1.0

    def refusals(self) -> Iterator[str]:
        """Why right work could fail this budget, or wrong work pass it, on some machine."""
        if self.unit != CLOCK:  # counts are the same everywhere: `verify` compares them
            return
        if self.highest_accepted > self.budget / MARGIN:
            yield (
                f"{self.which_accepted} takes {self.highest_accepted:.2f} x, more than"
                f" the budget of {self.budget:g} x divided by {MARGIN}: raise the budget"
            )
        if not self.which_too_much:
            yield "no must-fail program is caught by its clock: write one"
        elif self.lowest_too_much < TOO_SLOW * self.budget:
            yield (
                f"{self.which_too_much} takes only {self.lowest_too_much:.2f} x, less"
                f" than {TOO_SLOW} times the budget: size the problem so that it is slower"
            )
        if self.drift > MARGIN:
            yield (
                f"the reference takes {self.lowest:.2f} x to {self.highest:.2f} x by"
                f" condition, a drift of {self.drift:.2f}: the yardstick does other work than it;"
                " see `autograder calibrate --propose`"
            )

    def row(self) -> str:
        """Its cells in the table."""
        values = (self.budget, self.reference, self.highest_accepted, self.lowest_too_much)
        return " ".join(f"{value:>10.4g}" for value in values) + f" {self.drift:.2f}"


class Calibration(Record, frozen=True, kw_only=True):
    """What was measured when the budgets were last found good."""

    file = "calibration.toml"
    command = "autograder calibrate {}"
    stale = "other budgets, yardsticks, checks or programs"

    conditions: list[str]
    budgets: dict[str, Figure]

    @classmethod
    def needed(cls, assignment: Assignment) -> bool:
        """Whether a clock decides any budget: counts are the same everywhere."""
        return bool(clocked(assignment))

    @classmethod
    def code(cls, assignment: Assignment) -> str:
        """Of all that was measured: budgets, reference, programs, and checks that measure."""
        assert assignment.private is not None
        paths = [assignment.private / name for name in assignment.submit]
        paths += programs_and_data(assignment)
        for folder in _PROVING:
            paths += sorted((assignment.private / "submissions" / folder).glob("*.py"))
        values = assignment.budgets, assignment.yardsticks
        return code_fingerprint(values, paths, _measuring_code(assignment))

    def refusals(self) -> list[str]:
        """Why these budgets cannot be relied on."""
        named = self.budgets.items()
        return [f"{name}: {reason}" for name, figure in named for reason in figure.refusals()]

    def table(self) -> Iterator[str]:
        """The figures for a terminal."""
        heads = ("allowed", "reference", "accepted", "too much")
        yield f"{'budget':28} {' '.join(f'{head:>10}' for head in heads)} drift"
        yield from (f"{name:28} {figure.row()}" for name, figure in self.budgets.items())


def clocked(assignment: Assignment) -> tuple[str, ...]:
    """The names of the budgets that a clock decides, as a time budget or as a witness."""
    held = assignment.budgets.items()
    return tuple(name for name, budget in held if budget.kind == "time" or budget.witness)


def _measuring_code(assignment: Assignment) -> list[ast.stmt]:
    """The checks that measure, with all that they use, directly or not."""
    code = list(check_code(assignment, hidden=True))
    used = {node.name for node in code if isinstance(node, ast.FunctionDef) and _measures(node)}
    while True:
        found = [statement for statement in code if used & set(_defined(statement))]
        more = {n.id for statement in found for n in ast.walk(statement) if isinstance(n, ast.Name)}
        if more <= used:
            return found
        used |= more


def _defined(statement: ast.stmt) -> Iterator[str]:
    """The names that a statement at the top of a module defines."""
    if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
        yield statement.name
    elif isinstance(statement, (ast.Import, ast.ImportFrom)):
        yield from (alias.asname or alias.name.partition(".")[0] for alias in statement.names)
    else:
        names = (node for node in ast.walk(statement) if isinstance(node, ast.Name))
        yield from (name.id for name in names if isinstance(name.ctx, ast.Store))


def _measures(function: ast.FunctionDef) -> bool:
    """Whether it is a check with the fixture `budgets`, or a helper to which one passes it on."""
    return any(argument.arg == "budgets" for argument in function.args.args)


def checks_naming(
    budgets: Collection[str], assignment: Assignment, *, hidden: bool = True
) -> tuple[str, ...]:
    """The ids of the checks that measure and name one of these budgets."""
    code = check_code(assignment, hidden)
    functions = {node.name: node for node in code if isinstance(node, ast.FunctionDef)}
    measuring = checks_taking("budgets", assignment, hidden)
    return tuple(name for name in measuring if _texts(functions[name]) & set(budgets))


def figures(readings: Sequence[Reading]) -> dict[str, Figure]:
    """By budget, for those that the reference was measured against.

    A budget that allows different amounts, as of two optimisers, has a figure for each.
    """
    found = {}
    for name in dict.fromkeys(reading.measurement.name for reading in readings):
        mine = [reading for reading in readings if reading.measurement.name == name]
        amounts = sorted({r.measurement.budget for r in mine if r.program == REFERENCE})
        for amount in amounts:
            label = name if len(amounts) == 1 else f"{name} of {amount:.4g}"
            found[label] = _figure([r for r in mine if r.measurement.budget == amount])
    return found


def _figure(readings: list[Reading]) -> Figure:
    own = [r for r in readings if r.program == REFERENCE]
    medians = [
        statistics.median(r.value for r in own if r.condition == condition)
        for condition in dict.fromkeys(r.condition for r in own)
    ]
    right = [r for r in readings if r.program == REFERENCE or r.program.startswith("accepted/")]
    # what a witness of a count has caught is within the count itself
    wrong = [r for r in readings if r not in right and (own[0].is_time or not r.measurement.within)]
    most = max(right, key=lambda r: r.value)
    least = min(wrong, key=lambda r: r.value, default=None)
    return Figure(
        unit=own[0].measurement.unit,
        budget=own[0].measurement.budget,
        reference=statistics.median(r.value for r in own),
        lowest=min(medians),
        highest=max(medians),
        highest_accepted=most.value,
        which_accepted=most.program,
        lowest_too_much=least.value if least else 0.0,
        which_too_much=least.program if least else "",
    )


def _texts(node: ast.AST) -> set[str]:
    constants = [n.value for n in ast.walk(node) if isinstance(n, ast.Constant)]
    return {value for value in constants if isinstance(value, str)}
