"""`autograder doctor`: can this machine grade, and how well are submissions kept apart."""

import argparse

from autograder.cli.places import course_root
from autograder.machine.threads import pin_threads
from autograder.model.course import all_assignments
from autograder.model.errors import UsageError


def run(options: argparse.Namespace) -> int:
    """Print facts and the result of each trial; status 2 when grading would not work."""
    pin_threads()
    from autograder.sandbox.doctor import Mark, diagnose  # numpy, which must not come before

    marks = set[Mark]()
    for finding in diagnose(_libraries()):
        print(f"{finding.mark.value}  {finding.name}: {finding.text}")
        if finding.fix:
            print(f"     fix: {finding.fix}")
        marks.add(finding.mark)
    if Mark.NOT in marks:
        print("this machine cannot grade yet: fix the lines marked NOT, then try again")
        return 2
    less = " (lines marked -- protect against the code of others)" if Mark.LESS in marks else ""
    print(f"this machine can grade{less}")
    return 0


def _libraries() -> list[str]:
    """What the assignments at or above this folder need; nothing outside of a course."""
    try:
        found = [*all_assignments(course_root())]
    except UsageError:
        return []
    return sorted({name for assignment in found for name in assignment.libraries})
