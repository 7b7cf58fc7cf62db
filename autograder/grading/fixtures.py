"""The arguments a check may ask for, by name."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

from autograder.grading.accounting import Accounting
from autograder.grading.budget_fixture import Budgets
from autograder.grading.check_run import CheckRun
from autograder.grading.lab_data import LabData
from autograder.grading.oracles import Oracles
from autograder.grading.seeds import generator
from autograder.model.assignment import Assignment
from autograder.model.check import CheckDeclaration
from autograder.model.errors import GraderError
from autograder.model.toml import nearest


class Fixtures:
    """Makes fresh fixtures for every run."""

    def __init__(
        self, assignment: Assignment, oracles: Oracles, data: Callable[[], ModuleType | None]
    ) -> None:
        self._assignment, self._oracles, self._data = assignment, oracles, data

    def give(
        self, wanted: tuple[str, ...], declaration: CheckDeclaration, run: CheckRun
    ) -> dict[str, Any]:
        """The fixtures of these names. Raises GraderError for an unknown one."""
        makers: dict[str, Callable[[], Any]] = {
            "student": lambda: run.student,
            "oracle": lambda: self._oracles.for_check(declaration.id, run.public),
            "rng": lambda: generator(run.seed),
            "data": self._data,
            "draw": lambda: run.draw,
            "budgets": lambda: Budgets(self._assignment, run),
            "accounting": lambda: Accounting(self._assignment, run),
            "measurements": lambda: LabData(self._assignment, run.bench.submission, run.notes),
        }
        for name in wanted:
            if name not in makers:
                near = nearest(name, list(makers))
                raise GraderError(f"{declaration.id} asks for {name!r}; {near}")
        return {name: makers[name]() for name in wanted}
