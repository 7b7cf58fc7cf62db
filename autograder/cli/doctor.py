"""`autograder doctor`: can this machine grade, and how well are submissions kept apart."""

import argparse
from typing import Any


def add(commands: Any) -> None:
    """Declare the command."""
    command = commands.add_parser(
        "doctor",
        help="look whether this machine is set up",
        description="Try what grading needs on this machine, and say how submissions are isolated.",
    )
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print facts and the result of each trial; status 2 when grading would not work."""
    from autograder.machine.threads import pin_threads

    pin_threads()
    from autograder.sandbox.doctor import diagnose

    healthy = True
    for finding in diagnose():
        print(f"{'ok ' if finding.good else 'NOT'}  {finding.name}: {finding.text}")
        healthy = healthy and finding.good
    print("this machine can grade" if healthy else "mend the lines marked NOT, then try again")
    return 0 if healthy else 2
