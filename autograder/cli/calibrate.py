"""`autograder calibrate`: measure what the budgets of an assignment rest on."""

import argparse
import sys
from typing import Any


def add(commands: Any) -> None:
    """Declare the command."""
    command = commands.add_parser(
        "calibrate",
        help="staff: measure an assignment's budgets",
        description="Measure the reference, the accepted variants and the programs over budget,"
        " with the instruction set forced down and under load, and write the figures to"
        " reference/ID/calibration.toml. Takes minutes and needs the machine to itself. Exit status"
        " 1 when a budget is refused; then nothing is written.",
    )
    command.add_argument("assignment", help="such as sgd")
    command.add_argument(
        "--propose", action="store_true", help="only print yardsticks recorded from the reference"
    )
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Calibrate; status 1 when a budget is refused."""
    from autograder.authoring.proofs.calibrate import calibrate, refusals, show
    from autograder.authoring.proofs.calibration import calibration_file, write_calibration
    from autograder.authoring.proofs.propose import proposals
    from autograder.cli.places import course_root, staff_assignments

    root = course_root()
    (assignment,) = staff_assignments(root, options.assignment, False)
    if options.propose:
        print("\n\n".join(proposals(assignment, root)))
        return 0
    calibration = calibrate(assignment, root, say=print)
    print("\n".join(show(calibration)))
    refused = list(refusals(calibration))
    for reason in refused:
        print(f"refused: {reason}", file=sys.stderr)
    if refused:
        return 1
    path = calibration_file(assignment)
    write_calibration(path, calibration)
    print(f"written: {path.relative_to(root)}")
    return 0
