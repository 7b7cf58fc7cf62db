"""`reference/<id>/rubric.toml`: what people grade in a lab report, line by line."""

from autograder.model.assignment import Assignment, Positive, Strict
from autograder.model.toml import read_toml

RUBRIC = "rubric.toml"


class RubricLine(Strict, frozen=True, kw_only=True):
    """One line: all of its points, half of them, or none."""

    id: str  # "lab-A"
    points: Positive
    requires: tuple[str, ...] = ()  # ids of the handout's requirements that it is about
    full: str  # what earns all points
    half: str  # what earns half of them


class _RubricFile(Strict, frozen=True, kw_only=True):
    lines: tuple[RubricLine, ...] = ()


def rubric_of(assignment: Assignment) -> tuple[RubricLine, ...]:
    """The lines in their order; none where no rubric is written, or where it is not at hand.

    Raises ConfigError for a file that does not fit.
    """
    if assignment.private is None or not (assignment.private / RUBRIC).is_file():
        return ()
    return read_toml(assignment.private / RUBRIC, _RubricFile).lines
