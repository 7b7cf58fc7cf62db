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
        """The points to measure with this setup."""
        return list(self._cases(setup) if callable(self._cases) else self._cases)

    def __call__(self, student: Any, setup: Any, case: Case) -> dict[str, Any]:
        """Measure one case; what was measured, every column with its unit.

        Raises GraderError when the columns are not those that `units` names.
        """
        measured = dict(self._measure(student, setup, case))
        nameless = [name for name in measured if name not in self.units]
        if nameless or set(measured) & set(case):
            raise GraderError(
                f"the experiment {self.name} measures {', '.join(nameless or measured)}: give each"
                " a name of its own, and a unit in `units`"
            )
        return measured

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
