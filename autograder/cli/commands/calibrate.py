"""`autograder calibrate`: measure what the budgets of an assignment rest on."""

import argparse
import sys

from autograder.authoring.proofs.calibrate import calibrate
from autograder.authoring.proofs.propose import proposals
from autograder.cli.places import course_root, staff_assignment


def run(options: argparse.Namespace) -> int:
    """Calibrate; status 1 when a budget is refused."""
    root = course_root()
    assignment = staff_assignment(root, options.assignment)
    if options.propose:
        print("\n\n".join(proposals(assignment, root)))
        return 0
    calibration = calibrate(assignment, root, say=print)
    print("\n".join(calibration.table()))
    refused = calibration.refusals()
    for reason in refused:
        print(f"refused: {reason}", file=sys.stderr)
    if refused:
        return 1
    print(f"written: {calibration.write(assignment).relative_to(root)}")
    return 0
