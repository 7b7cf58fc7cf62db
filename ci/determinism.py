"""Prove that counts are the same everywhere: operation and memory budgets of a reference.

    python ci/determinism.py [sgd]

Five gradings in fresh processes on each instruction set that numpy and OpenBLAS can be held back to
here. Every count must be the same in all of them; the exit status is 1 when one is not.
"""

import sys
from pathlib import Path

from autograder.authoring.proofs.conditions import Condition, idle_conditions
from autograder.authoring.proofs.kinds.budget_figures import CLOCK
from autograder.cli.places import staff_assignment
from autograder.grading.context.request import GradingRequest
from autograder.grading.declaring.declare import checks_taking
from autograder.grading.running.subprocess_grading import grade_in_subprocess
from autograder.model.assignment import Assignment

ROOT = Path(__file__).resolve().parent.parent
RUNS = 5
Counts = dict[str, tuple[float, str]]  # by budget and check: value and unit


def main(name: str) -> int:
    """Print a table of all counts; 1 when one of them varies."""
    assignment = staff_assignment(ROOT, name)
    held = idle_conditions()
    print(f"{RUNS} runs each on: {', '.join(condition.name for condition in held)}", flush=True)
    runs = [counted(assignment, condition) for condition in held for _ in range(RUNS)]
    varying = 0
    for key in runs[0]:
        values = [run[key][0] for run in runs if key in run]
        same = len(values) == len(runs) and len(set(values)) == 1
        varying += not same
        shown = " ".join(f"{value:.10g}" for value in dict.fromkeys(values))
        print(f"{'same' if same else 'VARIES'}  {key}: {shown} {runs[0][key][1]}")
    return 1 if varying or not runs[0] else 0


def counted(assignment: Assignment, condition: Condition) -> Counts:
    """What one grading of the reference counts."""
    request = GradingRequest(
        root=ROOT,
        assignment=assignment.id,
        submission=assignment.private or ROOT,
        checks=checks_taking("budgets", assignment, hidden=False),
    )
    report = grade_in_subprocess(request, 2 * assignment.limits.run_s, condition.environment)
    return {
        f"{measurement.name} ({outcome.check.id})": (measurement.value, measurement.unit)
        for outcome in report.outcomes
        for measurement in outcome.measurements
        if measurement.unit != CLOCK
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "sgd"))
