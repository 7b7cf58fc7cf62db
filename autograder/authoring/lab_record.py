"""The reference's own measurements, by which the checks of a lab's data are proved."""

from collections.abc import Iterator

from autograder.lab.source import digest_of_lab
from autograder.model.assignment import Assignment
from autograder.model.errors import ConfigError
from autograder.model.measurements import MEASUREMENTS_FILE, read_measurements
from autograder.submission.intake import take_in


def stale_lab(assignment: Assignment) -> Iterator[str]:
    """Why the reference's measurements are none of its files and of these experiments."""
    if not assignment.has_lab:
        return
    assert assignment.private is not None
    name = assignment.id
    mend = f"run `autograder lab {name} --submission reference/{name}"
    mend += f" --out reference/{name}/{MEASUREMENTS_FILE} --plots none`"
    reference = take_in(assignment.private, assignment)
    if MEASUREMENTS_FILE not in reference.files:
        yield f"the reference has no {MEASUREMENTS_FILE}: {mend}"
        return
    try:
        measured = read_measurements(reference.files[MEASUREMENTS_FILE])
    except ConfigError as error:
        yield f"{MEASUREMENTS_FILE} of the reference: {error}: {mend}"
        return
    if measured.files != reference.code_hashes():
        yield f"{MEASUREMENTS_FILE} is of another reference: {mend}"
    if measured.lab != digest_of_lab(assignment.folder):
        yield f"{MEASUREMENTS_FILE} is of other experiments: {mend}"
    if measured.finished is None:
        yield f"{MEASUREMENTS_FILE} is not complete: {mend}"
