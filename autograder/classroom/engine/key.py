"""The key of a grading in the ledger: a hash of all that decides it.

Who handed something in has no part in it: submissions with the same files are graded once.
"""

import hashlib
import platform
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path

import msgspec

from autograder.grading.mistakes.known_mistakes import mistakes_file
from autograder.grading.provenance.content import content_hashes
from autograder.model.assignment import Assignment
from autograder.model.course import load_course
from autograder.submission.intake import take_in


class Surroundings(msgspec.Struct, frozen=True, kw_only=True):
    """What all gradings of a run have in common."""

    content: dict[str, str]  # what grades, as hashes: of the secret too, which is never stored
    mistakes: str  # hash of the traces by which mistakes are recognised
    shown: bool  # whether hidden checks name them
    required: tuple[str, ...]  # layers of isolation without which staff are warned
    versions: dict[str, str]
    isolation: dict[str, str]
    checks: tuple[str, ...]


def surroundings(
    assignment: Assignment,
    root: Path,
    isolation: Mapping[str, str],
    checks: Sequence[str] = (),
) -> Surroundings:
    """Those of a run here and now. Raises ConfigError where there is no secret."""
    course = load_course(root)
    return Surroundings(
        content=content_hashes(root, assignment, course.secret()),
        mistakes=_hash_of(mistakes_file(assignment, root)),
        shown=course.tell_hidden_mistakes,
        required=course.isolation.require,
        versions={"python": platform.python_version(), **_versions(assignment.libraries)},
        isolation=dict(isolation),
        checks=tuple(sorted(checks)),
    )


def key_of(submission: Path, assignment: Assignment, surroundings: Surroundings) -> str:
    """The key of a submission's grading: 64 digits.

    Raises SubmissionError when the submission cannot be read.
    """
    taken = take_in(submission, assignment)
    # what lies beside the files is only listed: by the pages, as the intake has found it
    decides = (surroundings, taken.hashes(), taken.problem)
    return hashlib.sha256(msgspec.json.encode(decides, order="sorted")).hexdigest()


def _versions(libraries: Sequence[str]) -> dict[str, str]:
    found = {}
    for name in sorted({"numpy", "pytest", *libraries}):
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = ""
    return found


def _hash_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
