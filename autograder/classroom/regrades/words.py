"""A comparison in words, for the terminal, the table and the page."""

from collections import Counter
from typing import NamedTuple

from autograder.classroom.regrades.causes import Why
from autograder.classroom.regrades.comparing import CheckChange, Regraded
from autograder.classroom.regrades.comparison import Comparison
from autograder.classroom.regrades.past import CheckResult
from autograder.classroom.submissions import Member
from autograder.model.units import counted, show_points
from autograder.model.verdict import Verdict
from autograder.render.disclosure import one_line

NAME_LENGTH = 60
_HASHED = 80  # characters of a fact


class Sums(NamedTuple):
    """Changes that are put down to one reason."""

    why: Why
    verdicts: int
    students: int  # submissions, of one student or of a group
    gained: float
    lost: float


def summary_lines(comparison: Comparison) -> list[str]:
    """How many were compared, and a sentence for each reason of a change."""
    total = counted(len(comparison.regraded), "submission")
    rows = [f"{total} graded twice, {len(comparison.changed)} with another result"]
    for why in _SAID:
        sums = _sums(comparison, why)
        if sums.verdicts:
            rows.append(_sentence(sums))
    return rows


def students(members: tuple[Member, ...]) -> str:
    """Their names, of a group one after the other."""
    return ", ".join(one_line(m.name or m.email or m.sid, NAME_LENGTH) for m in members)


def result_text(result: CheckResult | None) -> str:
    """`passed 4`, `wrong 0`, `-` where there is no such check."""
    if result is None:
        return "-"
    return f"{result.word} {show_points(result.score)}" if result.decided else result.word


def title_text(change: CheckChange) -> str:
    """Part and title of a check."""
    return one_line(f"{change.part} {change.title}", 200)


def signed(points: float | None) -> str:
    """`+4`, `-2.5`, `0`; `?` where one side is not decided."""
    return "?" if points is None else f"{points:+g}" if points else "0"


def points_text(points: float | None) -> str:
    """`84.5`; `?` where it is not decided."""
    return "?" if points is None else show_points(points)


def why_text(change: CheckChange) -> str:
    """What a change is put down to, with its details and the repeated measurements."""
    texts = [change.why.value, change.detail]
    if change.repeats:
        over = sum(verdict is not Verdict.PASSED for verdict in change.repeats)
        texts.append(f"repeated {len(change.repeats)} times: over in {over}")
    return one_line("; ".join(filter(None, texts)))


def fact_lines(comparison: Comparison) -> list[str]:
    """What graded, and where: what is not the same on both sides."""
    return [
        one_line(f"{fact.name}: {fact.there[:_HASHED]} before, {fact.here[:_HASHED]} now")
        + ("" if count == len(comparison.regraded) else f" ({counted(count, 'submission')})")
        for fact, count in comparison.facts
    ]


def changes_text(each: Regraded) -> str:
    """`2 by the grader, 1 by noise`; only the total, where the checks are not known."""
    counts = Counter(change.why for change in each.changes)
    return ", ".join(f"{n} {_SHORT[why]}" for why, n in counts.items()) or "the total"


def _sums(comparison: Comparison, why: Why) -> Sums:
    found = comparison.changes(why)
    points = [change.points or 0.0 for _, change in found]
    return Sums(
        why=why,
        verdicts=len(found),
        students=len({each.id for each, _ in found}),
        gained=round(sum(p for p in points if p > 0), 6),
        lost=round(sum(p for p in points if p < 0), 6),
    )


def _sentence(sums: Sums) -> str:
    counts = f"{counted(sums.verdicts, 'check')} of {counted(sums.students, 'submission')}"
    points = f", {signed(sums.gained)} and {signed(sums.lost)} points"
    return f"{_SAID[sums.why]}: {counts}" + (points if sums.gained or sums.lost else "")


_SAID = {
    Why.GRADER: "changed by the grader",
    Why.UNKNOWN: "changed although the same grader graded both",
    Why.NOISE: "noise of time budgets near their limit, not counted as a change of the grader",
    Why.ERROR: "grader error on one side, so nothing is known",
    Why.FILES: "other files were graded",
}
_SHORT = {
    Why.GRADER: "by the grader",
    Why.UNKNOWN: "for no known reason",
    Why.NOISE: "by noise",
    Why.ERROR: "by a grader error",
    Why.FILES: "by other files",
}
