"""Yardsticks recorded from the reference: its operations, as a sorted multiset.

`autograder prove ID --propose` prints them.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from autograder.authoring.proofs.code import AssignmentCode
from autograder.grading.context.request import GradingRequest, Modes
from autograder.grading.running.subprocess_grading import grade_in_subprocess
from autograder.model.assignment import Assignment
from autograder.model.errors import UsageError
from autograder.model.verdict import Verdict


def proposals(assignment: Assignment, root: Path) -> Iterator[str]:
    """For each time budget the table of its yardstick, to be copied into assignment.toml.

    Raises UsageError without a time budget, or when the reference fails one.
    """
    assert assignment.private is not None
    timed = [name for name, budget in assignment.budgets.items() if budget.kind == "time"]
    checks = AssignmentCode(assignment).measuring(timed)
    if not checks:
        raise UsageError(f"{assignment.id} has no time budget")
    request = GradingRequest(
        root=root,
        assignment=assignment.id,
        submission=assignment.private,
        checks=checks,
        modes=Modes(propose=True),
    )
    report = grade_in_subprocess(request, 2 * assignment.limits.run_s)
    for outcome in report.outcomes:
        if outcome.check.id in checks and outcome.verdict is not Verdict.PASSED:
            raise UsageError(f"the reference does not pass {outcome.check.id}")
        for measurement in outcome.measurements:
            if outcome.check.id in checks and measurement.kind == "time":
                budget = assignment.budget(measurement.name)
                yield _table(budget.yardstick, json.loads(measurement.detail))


def _table(name: str, counts: dict[str, float]) -> str:
    steps = counts.pop("steps")
    rows = [f"[yardsticks.{name}]", f"interpreter_steps = {steps:.0f}", "operations = ["]
    for text in sorted(counts):
        operation = json.loads(text)
        row = f"    {_row(operation, int(counts[text]))},"
        # others, such as einsum and indexing, are more than a function of plain operands
        rows.append(row if hasattr(np, operation["op"]) else f"    # cannot be replayed: {row}")
    return "\n".join([*rows, "]"])


def _row(operation: dict[str, Any], count: int) -> str:
    fields = [f'op = "{operation["op"]}"', f"shapes = {operation['shapes']}"]
    if operation["dtype"] != "float64":
        fields.append(f'dtype = "{operation["dtype"]}"')
    fields += [f"axis = {operation['axis']}"] if operation["axis"] is not None else []
    fields += [f"count = {count}"] if count > 1 else []
    return "{ " + ", ".join(fields) + " }"
