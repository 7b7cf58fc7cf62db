"""`autograder verify`: prove that an assignment grades as its author says."""

import argparse

from autograder.authoring.proofs.kind import Setting
from autograder.authoring.proofs.score import (
    recorded_scores,
    regressions,
    score_of,
    score_table,
    write_score,
)
from autograder.authoring.verify import verify
from autograder.cli.places import course_root, staff_assignments
from autograder.machine.facts import usable_cpus
from autograder.model.errors import UsageError


def run(options: argparse.Namespace) -> int:
    """Verify, and print the grader's own score; status 1 when anything is not as declared."""
    if options.record and not options.all:
        raise UsageError("--record writes the scores of all assignments: say --all")
    root = course_root()
    before = recorded_scores(root)
    scores, problems = [], []
    for assignment in staff_assignments(root, options.assignment, options.all):
        problems += verify(
            assignment,
            root,
            quick=options.quick,
            jobs=options.jobs or usable_cpus(),
            say=print,
            published=options.record or assignment.id in before,
            release=options.release,
        )
        scores.append(score_of(Setting(assignment, root)))
        problems += _printed(list(regressions(scores[-1], before.get(assignment.id))))
    seen = {score.assignment for score in scores}
    gone = sorted(set(before) - seen) if options.all else []
    problems += _printed(
        [f"{name}: README.md has its score, but there is no such assignment" for name in gone]
    )
    print("\n".join(score_table(scores)))
    if options.record and problems:
        print("README.md stays as it is: there are findings")
    elif options.record:
        print(f"written: {write_score(root, scores).name}")
    return 1 if problems else 0


def _printed(problems: list[str]) -> list[str]:
    """The same problems, after they are printed."""
    for problem in problems:
        print(f"NOT  {problem}")
    return problems
