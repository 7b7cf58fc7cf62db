"""`autograder show`: the inputs of a visible check, as a script that runs the student's code."""

import argparse
from pathlib import Path

from autograder.cli.places import course_root, require_writable
from autograder.grading.context.request import GradingRequest, Modes
from autograder.grading.declaring.declare import checks_taking, declared_checks
from autograder.grading.running.session import grade
from autograder.model.assignment import Assignment
from autograder.model.course import all_assignments, find_assignment
from autograder.model.errors import UsageError
from autograder.model.toml import require_known


def run(options: argparse.Namespace) -> int:
    """Run the check once, and write down what it calls."""
    root = course_root(options.submission)
    if options.submission.is_file() and options.submission.suffix != ".py":
        raise UsageError(f"{options.submission}: the script needs your files unpacked in a folder")
    check, assignment = _visible(root, options.check, options.assignment)
    out = options.out or Path(f"show_{check.removeprefix('check_')}.py")
    if check in checks_taking("cluster", assignment, hidden=False):
        raise UsageError(
            f"{check} runs ranks of a cluster, which need each other's messages: use"
            f" autograder check {assignment.id} --check {check} --debug"
        )
    _require_new(out, assignment)
    request = GradingRequest(
        root=root,
        assignment=assignment.id,
        submission=options.submission,
        checks=(check,),
        modes=Modes(show_to=out.resolve()),
    )
    grade(request, assignment=assignment)
    if not out.exists():
        raise UsageError(
            f"{check} has called nothing: run autograder check {assignment.id} --check {check}"
        )
    print(f"wrote {out}: the inputs of {check}; it prints what your code returns")
    return 0


def _visible(root: Path, name: str, place: str | None) -> tuple[str, Assignment]:
    """The id of a visible check, and its assignment. Raises UsageError where there is none."""
    places = [find_assignment(root, place)] if place else [*all_assignments(root)]
    known = {c.id: each for each in places for c in declared_checks(each, hidden=False)}
    full = name if name in known else f"check_{name}"
    if full not in known:
        require_known(name, known, UsageError, f"there is no visible check {name!r}")
    return full, known[full]


def _require_new(out: Path, assignment: Assignment) -> None:
    """Raises UsageError where the script would replace something, or hide a module."""
    if out.suffix != ".py" or out.name in assignment.taken:
        raise UsageError(f"{out} cannot hold the script: name another file that ends in .py")
    for path in (out, out.with_suffix(".npz")):
        if path.exists():
            raise UsageError(f"{path} exists already: name another file with --out, or remove it")
    require_writable(out)
