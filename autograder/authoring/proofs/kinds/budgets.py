"""Budgets: what the reference, accepted variants and too costly programs take of each.

Under several conditions: instruction sets, and load. The machine must be idle otherwise.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from autograder.authoring.proofs.code import fingerprint
from autograder.authoring.proofs.conditions import Condition, busy_neighbours, conditions
from autograder.authoring.proofs.kind import Kind, Unit
from autograder.authoring.proofs.kinds.budget_figures import REFERENCE, Figure, Reading, figures
from autograder.authoring.proofs.record import ProofLine
from autograder.grading.declaring.proving_programs import Program, composed
from autograder.grading.running.subprocess_grading import grade_files, grading_pool
from autograder.model.assignment import Assignment
from autograder.model.errors import GraderError
from autograder.model.verdict import Verdict

REPEATS = 3  # of the reference in each condition, every time in fresh processes
_OVER = (Verdict.OVER_TIME_BUDGET, Verdict.OVER_MEMORY_BUDGET, Verdict.OVER_OPERATION_BUDGET)


class BudgetLine(ProofLine, frozen=True, kw_only=True):
    """A budget; one that allows different amounts, as of two optimisers, has a figure for each."""

    figures: dict[str, Figure]


class BudgetsProof(Kind[BudgetLine]):
    """The budgets of visible checks."""

    name, line, measures = "budgets", BudgetLine, True

    def units(self) -> Iterator[Unit]:
        """A unit a budget: its formula, yardstick and checks, and the programs measured."""
        code = self.setting.code
        for name in self.setting.assignment.budgets:
            checks = self._checks_of[name]
            parts = [code.check(check) for check in checks]
            parts += [code.program(p) for check in checks for p in self._programs(check)]
            if checks:
                yield Unit(name, fingerprint(part.encode() for part in parts))

    def prove(self, due: Sequence[Unit], say: Callable[[str], None]) -> Iterator[BudgetLine]:
        """One program after the other: gradings at the same time would disturb each other."""
        by_checks: dict[tuple[str, ...], list[Unit]] = {}
        for unit in due:
            by_checks.setdefault(self._checks_of[unit.id], []).append(unit)
        for checks, units in by_checks.items():
            say(f"budgets: {', '.join(unit.id for unit in units)}")
            found = figures(list(self._readings(checks)))
            for unit in units:
                mine = {label: f for label, f in found.items() if _budget_of(label) == unit.id}
                yield BudgetLine(unit=unit.id, code=unit.code, figures=mine)

    def findings(self) -> Iterator[str]:
        """Budgets that cannot be relied on."""
        for label, figure in self.figures.items():
            yield from (f"{label}: {reason}" for reason in figure.refusals())

    @property
    def figures(self) -> dict[str, Figure]:
        """All that are recorded, by budget and amount."""
        lines = self.lines.values()
        return {label: figure for line in lines for label, figure in line.figures.items()}

    @cached_property
    def _checks_of(self) -> dict[str, tuple[str, ...]]:
        code = self.setting.code
        return {name: code.measuring([name]) for name in code.assignment.budgets}

    def _programs(self, check: str) -> Iterator[Program | None]:
        """The reference, the accepted variants of what the check calls, and those it must catch."""
        yield None
        for program in self.setting.programs:
            if program.verdict in _OVER and check in program.caught_by:
                yield program
            elif program.verdict is Verdict.PASSED and self.setting.code.touches(program, check):
                yield program

    def _readings(self, checks: tuple[str, ...]) -> Iterator[Reading]:
        clocked = self.setting.code.measuring(clocked_budgets(self.setting.assignment))
        timed = tuple(check for check in checks if check in clocked)
        with grading_pool(1) as pool:
            for condition in conditions():
                as_it_is = not condition.environment and not condition.neighbours
                # counts do not change with the condition
                wanted = checks if as_it_is else timed
                with busy_neighbours(condition.neighbours if wanted else 0):
                    for program, caught in self._measured(wanted):
                        for _ in range(1 if program else REPEATS):
                            job = pool.submit(self._read, program, condition, caught)
                            yield from job.result()

    def _measured(
        self, checks: tuple[str, ...]
    ) -> Iterator[tuple[Program | None, tuple[str, ...]]]:
        """Each program with those of the checks that measure it."""
        found: dict[str, tuple[Program | None, list[str]]] = {}
        for check in checks:
            for program in self._programs(check):
                name = program.name if program else REFERENCE
                found.setdefault(name, (program, []))[1].append(check)
        yield from ((program, tuple(names)) for program, names in found.values())

    def _read(
        self, program: Program | None, condition: Condition, checks: tuple[str, ...]
    ) -> list[Reading]:
        """What a program takes. Raises GraderError for a check with an error of its own."""
        setting, name = self.setting, program.name if program else REFERENCE
        files = composed(setting.assignment, program)
        report = grade_files(
            files, setting.assignment, setting.root, condition.environment, checks=checks
        )
        found = []
        for outcome in report.outcomes:
            if outcome.verdict is Verdict.GRADER_ERROR:
                raise GraderError(f"{outcome.check.id} is broken on {name}: {outcome.staff[-500:]}")
            if outcome.check.id in checks:
                over = {m.name for m in outcome.measurements if not m.within}
                found += [
                    Reading(name, condition.name, m, caught_elsewhere=bool(over - {m.name}))
                    for m in outcome.measurements
                ]
        return found


def clocked_budgets(assignment: Assignment) -> tuple[str, ...]:
    """The names of the budgets that a clock decides, as a time budget or as a witness."""
    held = assignment.budgets.items()
    return tuple(name for name, budget in held if budget.kind == "time" or budget.witness)


def _budget_of(label: str) -> str:
    """`x` of `x`, of `x of 3000` and of `x_witness`."""
    return label.partition(" of ")[0].removesuffix("_witness")
