"""What a fix of the grader changed for a class: its submissions paired, and the sums.

Called by the command `regrade-diff`; `terminal`, `table` and `page` show it.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec

from autograder.classroom.regrades.causes import Why
from autograder.classroom.regrades.comparing import CheckChange, Regraded, compare
from autograder.classroom.regrades.past import PastGrading
from autograder.classroom.regrades.sides import Side
from autograder.grading.provenance.agreement import (
    Fact,
    changed_content,
    changed_facts,
    changed_versions,
)
from autograder.grading.provenance.content import SECRET
from autograder.model.errors import UsageError
from autograder.model.units import counted

BY_GRADER = (Why.GRADER, Why.UNKNOWN)
APART = tuple(why for why in Why if why not in BY_GRADER)
_FEW = 5  # ids that a sentence names


class CheckRow(msgspec.Struct, kw_only=True):
    """One check over the whole class: what is put down to the grader, and the noise beside it."""

    part: str = ""
    title: str = ""
    passed_before: int = 0
    passed_now: int = 0
    better: int = 0
    worse: int = 0
    as_many: int = 0  # points, by another verdict
    noise: int = 0
    points: float = 0.0

    @property
    def changed(self) -> int:
        """For how many submissions the grader changed it."""
        return self.better + self.worse + self.as_many


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Two gradings of a class."""

    old: Path
    new: Path
    regraded: tuple[Regraded, ...]  # of both sides
    facts: tuple[tuple[Fact, int], ...] = ()  # what is not the same, for how many submissions
    notices: tuple[str, ...] = ()

    @property
    def changed(self) -> list[Regraded]:
        """The submissions of which something changed."""
        return [each for each in self.regraded if each.changes or each.points]

    def changes(self, *whys: Why) -> list[tuple[Regraded, CheckChange]]:
        """All changes that are put down to one of these."""
        return [(each, c) for each in self.regraded for c in each.changes if c.why in whys]

    @property
    def by_grader(self) -> list[tuple[Regraded, CheckChange]]:
        """The changes that are put down to the grader."""
        return self.changes(*BY_GRADER)

    @property
    def apart(self) -> list[tuple[Regraded, CheckChange]]:
        """The changes that are not: noise, grader errors, other files."""
        return self.changes(*APART)

    @property
    def by_check(self) -> dict[str, CheckRow]:
        """The checks that changed for a submission, by id, part by part."""
        rows: dict[str, CheckRow] = {}
        for each in self.regraded:
            for change in each.changes:
                row = rows.setdefault(change.key, CheckRow(part=change.part, title=change.title))
                _count(row, change)
        for key, row in rows.items():
            sides = [each.compared[key] for each in self.regraded if key in each.compared]
            row.passed_before = sum(bool(before and before.passed) for before, _ in sides)
            row.passed_now = sum(bool(now and now.passed) for _, now in sides)
        return dict(sorted(rows.items(), key=lambda item: item[1].part))


def _count(row: CheckRow, change: CheckChange) -> None:
    row.noise += change.why is Why.NOISE
    if change.why not in BY_GRADER:
        return
    row.points = round(row.points + (change.points or 0.0), 6)
    row.better += change.direction > 0
    row.worse += change.direction < 0
    row.as_many += change.direction == 0


def compare_sides(old: Side, new: Side) -> Comparison:
    """Compare every submission that both sides have graded.

    Raises UsageError where none is on both sides, where the sides are of different assignments, or
    where they drew hidden inputs from different secrets.
    """
    _require_one_assignment(old, new)
    pairs = _pairs(old, new)
    if not pairs:
        raise UsageError(f"no submission of {new.place} is in {old.place}: their ids differ")
    _require_one_secret(old, new, pairs)
    regraded = tuple(compare(before, now) for before, now in pairs)
    return Comparison(
        old=old.place,
        new=new.place,
        regraded=regraded,
        facts=_facts(pairs),
        notices=tuple(_notices(old, new, pairs, regraded)),
    )


def _pairs(old: Side, new: Side) -> list[tuple[PastGrading, PastGrading]]:
    if len(old.gradings) == len(new.gradings) == 1:  # two files, whatever their names are
        return list(zip(old.gradings.values(), new.gradings.values(), strict=True))
    return [(old.gradings[id_], now) for id_, now in new.gradings.items() if id_ in old.gradings]


def _require_one_assignment(old: Side, new: Side) -> None:
    names = old.assignments | new.assignments
    if len(names) > 1:
        raise UsageError(
            f"{old.place} is of {', '.join(sorted(old.assignments))},"
            f" {new.place} of {', '.join(sorted(new.assignments))}: compare one assignment"
        )


def _require_one_secret(old: Side, new: Side, pairs: list[tuple[PastGrading, PastGrading]]) -> None:
    for before, now in pairs:
        for fact in changed_content(before.report, now.report):
            if fact.name == SECRET:
                raise UsageError(
                    f"hidden inputs were drawn from other secrets: {old.place} has the one whose"
                    f" hash is {fact.there}, {new.place} the one whose hash is {fact.here}; a"
                    " change could not be put down to the grader. Grade again with the same secret"
                )


def _facts(pairs: list[tuple[PastGrading, PastGrading]]) -> tuple[tuple[Fact, int], ...]:
    found: Counter[Fact] = Counter()
    for before, now in pairs:
        reports = before.report, now.report
        found.update(changed_content(*reports))
        found.update(changed_versions(*reports))
        found.update(changed_facts(*reports))
    return tuple(found.items())


def _notices(
    old: Side,
    new: Side,
    pairs: list[tuple[PastGrading, PastGrading]],
    regraded: tuple[Regraded, ...],
) -> Iterator[str]:
    if not any(SECRET in before.report.content for before, _ in pairs):
        yield f"{old.place} does not say which course secret it used: hidden inputs may be others"
    paired = {grading.id for pair in pairs for grading in pair}
    for side, other in ((old, new), (new, old)):
        alone = [id_ for id_ in side.gradings if id_ not in paired and id_ not in other.unread]
        if alone:
            yield f"only in {side.place}, and not compared: {_some(alone)}"
        for why in dict.fromkeys(side.unread.values()):
            ids = [id_ for id_, reason in side.unread.items() if reason == why]
            yield f"without a grading in {side.place}: {_some(ids)}: {why}"
    parts = sum(not each.whole for each in regraded)
    if parts:
        what = counted(parts, "submission")
        yield f"of {what} one side has a part of the checks: those of both sides are compared"
    other_names = sum(not each.compared for each in regraded)
    if other_names:
        what = counted(other_names, "submission")
        yield f"of {what} the checks have other names on both sides: only totals are compared"


def _some(ids: list[str]) -> str:
    more = f" and {len(ids) - _FEW} more" if len(ids) > _FEW else ""
    return ", ".join(ids[:_FEW]) + more
