"""`reference/<id>/tolerances.toml`: how near right programs come to their checks' tolerances.

ci/tolerances.py writes it, `verify` reads it. Only tolerances that follow from rounding are in it.
"""

import ast
import math
from collections.abc import Iterable, Iterator

import msgspec

from autograder.authoring.proofs.old_record import Record
from autograder.grading.declaring.proving_programs import ACCEPTED
from autograder.grading.provenance.sources import check_code, graded_code
from autograder.model.assignment import Assignment

LARGEST_SHARE = 0.1  # of a tolerance that a right program may use: other machines round otherwise
LOOSE = 1e-5  # of a tolerance: where no program uses more, it would let a mistake pass


class Nearest(msgspec.Struct, frozen=True, kw_only=True):
    """One comparison, where it came nearest to its tolerance."""

    check: str
    what: str
    why: str  # terms, condition and type that the tolerance follows from
    allowed: float
    error: float
    program: str
    condition: str
    seed: int  # variation of the public seed

    @property
    def share(self) -> float:
        """The error divided by what is allowed; infinite for an error where nothing is allowed."""
        if not self.error:
            return 0.0
        return self.error / self.allowed if self.allowed else math.inf


class Tolerances(Record, frozen=True, kw_only=True):
    """The largest error of each comparison."""

    file = "tolerances.toml"
    command = "python ci/tolerances.py {} --record"
    stale = "other checks, oracles or programs"

    seeds: int
    programs: int  # the reference among them
    conditions: list[str]
    comparisons: list[Nearest]

    @classmethod
    def needed(cls, assignment: Assignment) -> bool:
        """Whether checks have tolerances that follow from rounding."""
        nodes = (n for statement in check_code(assignment, True) for n in ast.walk(statement))
        return any(isinstance(node, ast.Name) and node.id == "rounding" for node in nodes)

    @classmethod
    def code(cls, assignment: Assignment) -> str:
        """The fingerprint of checks, oracles, reference and accepted programs."""
        assert assignment.private is not None
        accepted = sorted((assignment.private / "submissions" / ACCEPTED).glob("*.py"))
        return graded_code(assignment, accepted)

    def findings(self, assignment: Assignment) -> Iterator[str]:
        """Each comparison that right work nearly fails."""
        return too_near(self.comparisons)

    def table(self) -> Iterator[str]:
        """Of each check the comparison that came nearest, for a terminal."""
        rows: dict[str, Nearest] = {}
        for found in sorted(self.comparisons, key=lambda found: -found.share):
            rows.setdefault(found.check, found)
        yield f"{'share':>7} {'error':>8} {'allowed':>8}  check, program, condition, seed"
        for row in rows.values():
            yield (
                f"{row.share:>7.2g} {row.error:>8.2g} {row.allowed:>8.2g}  {row.check},"
                f" {row.program}, {row.condition}, {row.seed}"
            )


def too_near(comparisons: Iterable[Nearest]) -> Iterator[str]:
    """Each comparison that right work nearly fails."""
    for found in comparisons:
        if found.share >= LARGEST_SHARE:
            yield (
                f"{found.check}, {found.what}: {found.program} is off by {found.error:.2g}, which"
                f" is {found.share:.2g} of the allowed {found.allowed:.2g} ({found.why}), with seed"
                f" {found.seed}, {found.condition}: raise `condition` if numbers cancel or grow on"
                " the way, or `terms` if a longer sum is behind it; give `size` for a result near 0"
            )


def loose(comparisons: Iterable[Nearest]) -> Iterator[str]:
    """Each tolerance that no right program comes near to; exact results say nothing about it."""
    for found in comparisons:
        if 0 < found.share < LOOSE:
            yield (
                f"{found.check}, {found.what}: at most {found.share:.1g} of the allowed"
                f" {found.allowed:.2g} is used ({found.why})"
            )
