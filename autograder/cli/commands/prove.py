"""`autograder prove`: bring every proof of an assignment up to date."""

import argparse
import sys

from autograder.authoring.proofs.kind import Setting
from autograder.authoring.proofs.propose import proposals
from autograder.authoring.proofs.prove import kinds_named, prove, states
from autograder.cli.places import course_root, staff_assignments
from autograder.machine.facts import usable_cpus


def run(options: argparse.Namespace) -> int:
    """Prove what is due; status 1 where something is not as it should be."""
    root, kinds = course_root(), kinds_named(options.only)
    problems = []
    for assignment in staff_assignments(root, options.assignment, options.all):
        setting = Setting(assignment, root, options.jobs or usable_cpus())
        if options.propose:
            print("\n\n".join(proposals(assignment, root)))
        elif options.dry_run:
            for state in states(setting, kinds):
                print(f"{assignment.id}: {state}", flush=True)
        else:
            problems += [
                f"{assignment.id}: {p}" for p in prove(setting, kinds, options.fresh, _say)
            ]
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def _say(text: str) -> None:
    print(text, flush=True)
