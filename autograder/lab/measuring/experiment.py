"""The decorator `experiment`, by which experiments.py declares what to measure and to draw."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from autograder.model.errors import GraderError

Case = Mapping[str, Any]  # plain values, by which one measurement differs from the others
Measure = Callable[[Any, Any, Case], Mapping[str, Any]]
Cases = Iterable[Case] | Callable[[Any], Iterable[Case]]
Draw = Callable[[Any, list[dict[str, Any]]], None]


class Experiment:
    """One experiment: its cases, how one case is measured, and how the rows are drawn."""

    def __init__(
        self,
        measure: Measure,
        cases: Cases,
        units: Mapping[str, str],
        seconds: float,
    ) -> None:
        self.name = measure.__name__
        self.title = (measure.__doc__ or "").strip().partition("\n")[0]
        if not self.title:
            raise GraderError(f"the experiment {self.name} has no docstring, so it has no title")
        self.units, self.seconds = dict(units), seconds
        self.draw: Draw | None = None
        self._measure, self._cases = measure, cases

    def cases(self, setup: Any) -> list[Case]:
        """The points to measure with this setup.

        Raises GraderError for a number in them that has no unit.
        """
        cases = list(self._cases(setup) if callable(self._cases) else self._cases)
        for case in cases:
            self._require_units({n: v for n, v in case.items() if not isinstance(v, (str, bool))})
        return cases

    def __call__(self, student: Any, setup: Any, case: Case) -> dict[str, Any]:
        """Measure one case; returns the measured columns.

        Raises GraderError for a column without a unit, or with the name of one of the case's.
        """
        measured = dict(self._measure(student, setup, case))
        self._require_units(measured)
        if twice := sorted(set(measured) & set(case)):
            raise GraderError(f"{self.name} measures {', '.join(twice)}, which its cases have too")
        return measured

    def _require_units(self, columns: Mapping[str, Any]) -> None:
        nameless = [name for name in columns if not self.units.get(name)]
        if nameless:
            raise GraderError(f"{self.name}: {', '.join(nameless)} has no unit in `units`")

    def plot(self, draw: Draw) -> Draw:
        """Decorator: `draw(figure, rows)` draws the rows, [case | measured], with matplotlib."""
        self.draw = draw
        return draw


def experiment(
    *,
    cases: Cases,
    units: Mapping[str, str],
    seconds: float = 10.0,
) -> Callable[[Measure], Experiment]:
    """Declare `measure(student, setup, case)` an experiment; its docstring begins with its title.

    `cases` is a list of small dicts of plain values, or a function that makes it from the setup.
    `measure` returns plain numbers and texts, or lists of them: all repeats as measured, not only
    their mean. `units` has the unit of every column that it returns, and of the cases' columns.
    `seconds` is about how long the whole experiment takes; the progress is estimated from it.
    """
    return lambda measure: Experiment(measure, cases, units, seconds)
