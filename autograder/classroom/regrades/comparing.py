"""Two gradings of a class compared: what changed, for whom, and why.

Called by the command `regrade-diff`.
"""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from autograder.classroom.regrades.causes import Why, cause, measured_text
from autograder.classroom.regrades.past import CheckResult, PastGrading
from autograder.classroom.submissions import Member
from autograder.model.verdict import Verdict

_SMALL = 1e-6  # results.json has points rounded to six digits


class CheckChange(msgspec.Struct, frozen=True, kw_only=True):
    """A check of a submission with another verdict or other points than before."""

    key: str  # its id, or the name that students read
    part: str
    title: str
    before: CheckResult | None  # None: there was no such check
    now: CheckResult | None
    why: Why
    detail: str = ""
    repeats: tuple[Verdict, ...] = ()  # of further gradings by the newer grader

    @property
    def points(self) -> float | None:
        """How many points more there are now; None where one side is not decided."""
        if not all(side.decided for side in (self.before, self.now) if side):
            return None
        now, before = (side.score if side else 0.0 for side in (self.now, self.before))
        return round(now - before, 6)

    @property
    def direction(self) -> int:
        """1: more points, or as many and it passes only now; -1: the other way round; else 0."""
        points = self.points or _passed(self.now) - _passed(self.before)
        return (points > 0) - (points < 0)


class Regraded(msgspec.Struct, frozen=True, kw_only=True):
    """A submission that was graded on both sides."""

    id: str
    members: tuple[Member, ...] = ()
    before: float | None  # points of the checks that are compared; None: not decided
    now: float | None
    changes: tuple[CheckChange, ...] = ()
    compared: dict[str, tuple[CheckResult | None, CheckResult | None]] = {}  # before and now
    whole: bool = True  # all checks are compared, not only those of both sides

    @property
    def points(self) -> float | None:
        """How many points more there are now; None where one side is not decided."""
        if self.before is None or self.now is None:
            return None
        return round(self.now - self.before, 6)


def compare(old: PastGrading, new: PastGrading) -> Regraded:
    """What changed from one grading of a submission to another.

    A check of one side only is a change, unless one side graded a part of the checks only.
    """
    before, now = _keyed(old.results, new.results), _keyed(new.results, old.results)
    whole = _is_whole(old, new)
    keys = [key for key in {**now, **before} if whole or (key in now and key in before)]
    if not before.keys() & now.keys():  # the names of another grader
        keys = []
    changed = [key for key in keys if _differ(before.get(key), now.get(key))]
    changes = (_change(old, new, key, before, now, changed) for key in changed)
    return Regraded(
        id=new.id,
        members=new.members or old.members,
        before=old.score if whole else _sum(before, keys),
        now=new.score if whole else _sum(now, keys),
        changes=tuple(changes),
        compared={key: (before.get(key), now.get(key)) for key in keys},
        whole=whole,
    )


def _is_whole(old: PastGrading, new: PastGrading) -> bool:
    """Whether both sides are of all checks: at home there are no hidden ones."""
    seeds = {side.report.seed for side in (old, new)} - {""}
    return not (old.report.partial or new.report.partial) and len(seeds) < 2


def _keyed(results: Sequence[CheckResult], others: Sequence[CheckResult]) -> dict[str, CheckResult]:
    """By id; those that have none, by the id of the other side's check with the same name."""
    ids = {other.shown: other.id for other in others if other.shown and other.id}
    return {each.id or ids.get(each.shown, each.shown): each for each in results}


def _differ(before: CheckResult | None, now: CheckResult | None) -> bool:
    if before is None or now is None:
        return True
    known = before.verdict is not None and now.verdict is not None
    same = before.verdict is now.verdict if known else before.passed == now.passed
    return not same or abs(before.score - now.score) > _SMALL


def _change(
    old: PastGrading,
    new: PastGrading,
    key: str,
    before: Mapping[str, CheckResult],
    now: Mapping[str, CheckResult],
    changed: Sequence[str],
) -> CheckChange:
    then, after = before.get(key), now.get(key)
    titled = [side for side in (after, then) if side and side.title]
    why = cause(old, new, then, after)
    return CheckChange(
        key=key,
        part=titled[0].part if titled else "",
        title=(titled[0].title if titled else key).rstrip("."),
        before=then,
        now=after,
        why=why,
        detail="; ".join(_details(then, after, why, changed)),
    )


def _details(
    before: CheckResult | None, now: CheckResult | None, why: Why, changed: Sequence[str]
) -> Iterator[str]:
    if before is None:
        yield "there was no such check"
    elif now is None:
        yield "there is no such check now"
    elif why is Why.NOISE:
        yield measured_text(before, now)
    elif Verdict.SKIPPED in (before.verdict, now.verdict):
        needed = [name for name in now.needs or before.needs if name in changed]
        if needed:
            yield f"it needs {', '.join(needed)}, which changed"


def _sum(results: Mapping[str, CheckResult], keys: Sequence[str]) -> float | None:
    compared = [results[key] for key in keys]
    if not all(result.decided for result in compared):
        return None
    return round(sum(result.score for result in compared), 6)


def _passed(result: CheckResult | None) -> bool:
    return result is not None and result.passed
