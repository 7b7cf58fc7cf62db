"""`autograder doctor`: can this machine grade, and how well are submissions kept apart."""

import argparse

from autograder.machine.threads import pin_threads


def run(options: argparse.Namespace) -> int:
    """Print facts and the result of each trial; status 2 when grading would not work."""
    pin_threads()
    from autograder.sandbox.doctor import diagnose  # numpy, which must not come before

    healthy = True
    for finding in diagnose():
        print(f"{'ok ' if finding.good else 'NOT'}  {finding.name}: {finding.text}")
        healthy = healthy and finding.good
    print("this machine can grade" if healthy else "fix the lines marked NOT, then try again")
    return 0 if healthy else 2
