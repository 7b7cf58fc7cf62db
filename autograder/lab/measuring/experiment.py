"""What an experiment is: the cases to measure, how one is measured, how the rows are drawn."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from autograder.model.errors import GraderError

Case = Mapping[str, Any]  # plain values: what this measurement differs by from the others
Measure = Callable[[Any, Any, Case], Mapping[str, Any]]
Cases = Iterable[Case] | Callable[[Any], Iterable[Case]]
Draw = Callable[[Any, list[dict[str, Any]]], None]


class Experiment:
    """One experiment of the lab; made by the decorator `experiment`."""

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
        """Measure one case; what was measured, every column with its unit.

        Raises GraderError for a column without a unit, or of the name of one of the case's.
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

    `cases` lists small dicts of plain values, or is a function of the setup that does. `measure`
    returns plain numbers and texts, or lists of them: all repeats as measured, never their mean
    alone. `units` has the unit of every column it returns, and of columns of the cases. `seconds`
    is about what the whole experiment takes: progress is estimated with it.
    """
    return lambda measure: Experiment(measure, cases, units, seconds)
