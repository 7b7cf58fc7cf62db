"""What must agree inside an assignment before anything is graded; `verify` asks."""

from collections.abc import Iterator
from pathlib import Path

from autograder.authoring.requirements_page import PAGE, stale_page
from autograder.grading.declaring.declare import declared_checks
from autograder.lab.source import digest_of_lab
from autograder.model.assignment import Assignment
from autograder.model.errors import AutograderError, ConfigError
from autograder.model.lab_report import REPORT, rubric_of
from autograder.model.measurements import MEASUREMENTS_FILE, read_measurements
from autograder.release.tables import stale_handout
from autograder.release.template import stale_files
from autograder.submission.intake import take_in


def wrong_sums(assignment: Assignment) -> Iterator[str]:
    """Parts whose points are not the sum of their checks', and a report that counts otherwise."""
    declared = declared_checks(assignment, hidden=True)
    for part in assignment.parts:
        total = sum(check.points for check in declared if check.part == part.id)
        if abs(total - part.points) > 1e-9:
            yield f"part {part.id} is worth {part.points:g} points, its checks {total:g}"
    cells = sum(line.points for line in rubric_of(assignment))
    if abs(cells - assignment.report_points) > 1e-9:
        says = f"assignment.toml has report_points = {assignment.report_points:g}"
        yield f"the graded cells of {REPORT} are worth {cells:g} points, but {says}"


def stale(assignment: Assignment, root: Path) -> Iterator[str]:
    """Generated files that would be different if generated now, or that cannot be generated."""
    again = f"run `autograder release {assignment.id}`"
    try:
        for name in stale_files(assignment, root):
            yield f"student_templates/{assignment.id}/{name} is stale: {again}"
        if stale_handout(assignment):
            yield f"the tables of handout.md are stale: {again}"
        if stale_page(root):
            yield f"the tables of {PAGE} are stale: {again}"
    except AutograderError as error:  # the reference fails: the gradings say more
        yield str(error)


def stale_lab(assignment: Assignment) -> Iterator[str]:
    """Why the reference's own measurements, on which the checks of the lab's data are tried, are
    not those of its files and of these experiments."""
    if not assignment.has_lab:
        return
    assert assignment.private is not None
    name = assignment.id
    again = f"run `autograder lab {name} --submission reference/{name}"
    again += f" --out reference/{name}/{MEASUREMENTS_FILE} --plots none`"
    reference = take_in(assignment.private, assignment)
    if MEASUREMENTS_FILE not in reference.files:
        yield f"the reference has no {MEASUREMENTS_FILE}: {again}"
        return
    try:
        measured = read_measurements(reference.files[MEASUREMENTS_FILE])
    except ConfigError as error:
        yield f"{MEASUREMENTS_FILE} of the reference: {error}: {again}"
        return
    if measured.files != reference.code_hashes():
        yield f"{MEASUREMENTS_FILE} is of another reference: {again}"
    if measured.lab != digest_of_lab(assignment.folder):
        yield f"{MEASUREMENTS_FILE} is of other experiments: {again}"
    if measured.finished is None:
        yield f"{MEASUREMENTS_FILE} is not complete: {again}"
