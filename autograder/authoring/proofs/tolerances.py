"""`reference/<id>/tolerances.toml`: how near right programs come to what rounding is allowed."""

import ast
import json
import math
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from autograder.grading.declaring.declare import check_sources
from autograder.grading.declaring.proving_programs import ACCEPTED
from autograder.grading.provenance.sources import graded_code
from autograder.model.assignment import Assignment
from autograder.model.syntax import parse
from autograder.model.toml import read_toml

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
        """How much of what is allowed was used; infinite where nothing is and something was."""
        if not self.error:
            return 0.0
        return self.error / self.allowed if self.allowed else math.inf


class Tolerances(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole file."""

    fingerprint: str
    date: str
    seeds: int
    programs: int  # the reference among them
    conditions: list[str]
    machine: dict[str, str]
    comparisons: list[Nearest]


def tolerances_file(assignment: Assignment) -> Path:
    """Where it is kept."""
    assert assignment.private is not None
    return assignment.private / "tolerances.toml"


def stale_tolerances(assignment: Assignment) -> Iterator[str]:
    """Why the tolerances cannot be relied on; never because the machine is another one."""
    if not any(map(_rounds, check_sources(assignment, hidden=True))):
        return
    mend = f"run `python ci/tolerances.py {assignment.id} --record`"
    path = tolerances_file(assignment)
    if not path.exists():
        yield f"there is no {path.name} for its tolerances: {mend}"
        return
    recorded = read_toml(path, Tolerances)
    if recorded.fingerprint != fingerprint(assignment):
        yield f"{path.name} is of other checks, oracles or programs: {mend}"
    yield from refusals(recorded.comparisons)


def refusals(comparisons: Iterable[Nearest]) -> Iterator[str]:
    """Each comparison that right work comes too near to failing."""
    for found in comparisons:
        if found.share >= LARGEST_SHARE:
            yield (
                f"{found.check}, {found.what}: {found.program} is off by {found.error:.2g}, which"
                f" is {found.share:.2g} of the allowed {found.allowed:.2g} ({found.why}), with seed"
                f" {found.seed}, {found.condition}: raise `condition` if numbers cancel or grow on"
                " the way, or `terms` if a longer sum is behind it; give `size` for a result near 0"
            )


def loose(comparisons: Iterable[Nearest]) -> Iterator[str]:
    """Each comparison that no right program comes near to; exact ones say nothing."""
    for found in comparisons:
        if 0 < found.share < LOOSE:
            yield (
                f"{found.check}, {found.what}: at most {found.share:.1g} of the allowed"
                f" {found.allowed:.2g} is used ({found.why})"
            )


def fingerprint(assignment: Assignment) -> str:
    """A hash of all that was measured: checks, oracles, reference and accepted programs."""
    assert assignment.private is not None
    accepted = sorted((assignment.private / "submissions" / ACCEPTED).glob("*.py"))
    return graded_code(assignment, accepted)


def _rounds(path: Path) -> bool:
    """Whether a check file has tolerances that follow from rounding."""
    nodes = ast.walk(parse(path.read_bytes()))
    return any(isinstance(node, ast.Name) and node.id == "rounding" for node in nodes)


def write_tolerances(path: Path, tolerances: Tolerances) -> None:
    """Write the file, one line a comparison; three significant digits."""
    rows = [
        "# Written by `python ci/tolerances.py --record`: of each comparison the largest error.",
        f"fingerprint = {json.dumps(tolerances.fingerprint)}",
        f"date = {json.dumps(tolerances.date)}",
        f"seeds = {tolerances.seeds}",
        f"programs = {tolerances.programs}",
        f"conditions = {json.dumps(tolerances.conditions)}",
        "comparisons = [",
        *(f"  {{ {_inline(found)} }}," for found in tolerances.comparisons),
        "]",
        *("", "[machine]"),
        *(f"{key} = {_value(value)}" for key, value in tolerances.machine.items()),
    ]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")


def _inline(found: Nearest) -> str:
    return ", ".join(f"{k} = {_value(v)}" for k, v in msgspec.to_builtins(found).items())


def _value(value: str | int | float) -> str:
    shown = float(f"{value:.3g}") if isinstance(value, float) else value
    return json.dumps(shown, ensure_ascii=False)
