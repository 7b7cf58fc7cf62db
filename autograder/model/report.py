"""All outcomes of one submission: what every renderer is given."""

import msgspec

from autograder.model.outcome import Outcome
from autograder.model.verdict import Verdict


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A numbered part of an assignment, as declared in assignment.toml."""

    id: str
    title: str
    points: float
    hours: float  # what one student should expect
    optional: bool = False  # extra credit, outside the total


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """One graded submission."""

    assignment: str
    title: str
    parts: tuple[Part, ...]
    outcomes: tuple[Outcome, ...]
    partial: bool = False  # only some parts or checks were asked for
    files: dict[str, str] = {}  # submitted file -> SHA-256
    ignored: tuple[str, ...] = ()  # files found beside the submitted ones, with the reason
    notices: tuple[str, ...] = ()  # shown to the student at the top
    staff_notices: tuple[str, ...] = ()  # shown to staff only
    machine: dict[str, str] = {}
    isolation: dict[str, str] = {}  # layer -> "active" or why not
    content: dict[str, str] = {}  # what graded it -> hash, see grading/provenance/content.py
    graded_at: str = ""  # ISO 8601, UTC
    seed: str = "public"  # "public", or "public and secret" on the staff's side

    @property
    def score(self) -> float:
        """Points earned, extra credit of optional parts included."""
        return _tidy(sum(outcome.score for outcome in self.outcomes))

    @property
    def points(self) -> float:
        """Points of all parts that are not optional."""
        required = (o.check for o in self.outcomes if not o.check.optional)
        return _tidy(sum(check.points for check in required))

    @property
    def broken(self) -> tuple[Outcome, ...]:
        """The outcomes in which the grader itself failed."""
        return tuple(o for o in self.outcomes if o.verdict is Verdict.GRADER_ERROR)

    @property
    def exit_status(self) -> int:
        """0: everything passed; 1: a check failed; 2: the grader failed."""
        if self.broken or not self.outcomes:
            return 2
        passed = all(o.verdict is Verdict.PASSED for o in self.outcomes)
        return 0 if passed else 1

    def of_part(self, part: Part) -> tuple[Outcome, ...]:
        """The outcomes of one part, in order."""
        return tuple(o for o in self.outcomes if o.check.part == part.id)


def _tidy(points: float) -> float:
    """Without the error of binary fractions: 0.1 + 0.2 is 0.3 points."""
    return round(points, 6)
