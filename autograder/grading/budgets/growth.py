"""How a count grows with a size."""

from collections.abc import Callable, Sequence
from typing import Any

from autograder.grading.budgets.growth_slope import growth_exponent
from autograder.grading.budgets.memory import counted_bytes
from autograder.grading.budgets.memory_selftest import COUNTER, require_memory_is_seen
from autograder.grading.budgets.operations import STEPS, seen
from autograder.grading.budgets.verdict import hold
from autograder.grading.context.check_run import CheckRun
from autograder.grading.context.seeds import generator
from autograder.grading.context.student import RemoteFunction
from autograder.model.assignment import Assignment
from autograder.model.errors import GraderError
from autograder.model.formula import evaluate
from autograder.model.outcome import Measurement

_COUNTERS: dict[str, tuple[str, Callable[[dict[str, float]], float]]] = {
    "memory": (COUNTER, counted_bytes),
    "operations": (STEPS, lambda counts: seen(counts, "steps")),
}
_FEWEST, _MOST = 4, 6  # sizes: two points are always on a line


def hold_growth(
    assignment: Assignment,
    run: CheckRun,
    name: str,
    function: RemoteFunction,
    inputs: Callable[[int, Any], tuple[Any, ...]],
    sizes: Sequence[int],
) -> None:
    """Hold the exponent with which a count grows over `sizes` against its budget."""
    budget = assignment.budget(name)
    if budget.kind not in _COUNTERS:
        raise GraderError(f"budget {name!r} is one of {budget.kind}: its growth is not counted")
    if not _FEWEST <= len(set(sizes)) == len(sizes) <= _MOST or min(sizes) <= 0:
        raise GraderError(
            f"budget {name!r}: growth is judged over {_FEWEST} to {_MOST} different sizes above 0,"
            f" not over {tuple(sizes)}"
        )
    observer, read = _COUNTERS[budget.kind]
    if budget.kind == "memory":
        require_memory_is_seen(run.context)
    run.call(function, inputs(sizes[0], generator(run.seed + 1)), {})  # warms up
    counts = []
    for size in sizes:
        _, counted = run.call(function, inputs(size, generator(run.seed)), {}, observer)
        counts.append(read(counted))
    counted_in = "bytes" if budget.kind == "memory" else "steps"
    exponent = growth_exponent(sizes, counts)
    shown = ", ".join(f"{size}: {count:.0f}" for size, count in zip(sizes, counts, strict=True))
    allowed = evaluate(budget.memory or budget.operations or "", {})
    measurement = Measurement(
        name=name,
        kind=budget.kind,
        value=round(exponent, 3),
        budget=allowed,
        unit=budget.counted_in,
        detail=f"{counted_in} by size: {shown}",
    )
    hold(run, measurement, f"{counted_in} grow like n^{exponent:.2f}; the budget is n^{allowed:g}")
