"""One row for each student: the submission that counts, and its score. `grades` and `canvas` write
them.

Of two submissions with the same member the newest counts for that member, and the row says so.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timezone

import msgspec

from autograder.classroom.people import People, completed
from autograder.classroom.submissions import ClassSubmission, Graded, Member
from autograder.classroom.taking_in.handed import Handed
from autograder.model.report import Part

NOTHING = "nothing handed in"
NOT_RUN = "not run"  # it was handed in, but this run was asked for others
_LONG_AGO = datetime.min.replace(tzinfo=timezone.utc)


class Scored(msgspec.Struct, frozen=True, kw_only=True):
    """What one grading comes to; the score and those of the parts are None where undecided."""

    status: str
    score: float | None = None
    points: float | None = None
    parts: dict[str, float] = {}
    problem: str = ""
    is_partial: bool = False  # some of its checks did not run, as was asked for


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One student; no member where the export does not name who handed in."""

    member: Member
    submission: ClassSubmission | None
    scored: Scored
    others: tuple[str, ...] = ()  # ids of the member's other submissions, which do not count

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should read beside the score."""
        notes = [self.scored.problem]
        if self.submission:
            notes += [self.submission.problem, *self.submission.notes]
        if self.others:
            others = ", ".join(self.others)
            notes.append(f"the newest of several submissions counts; the others: {others}")
        if self.scored.is_partial:
            notes.append("only some of the checks ran")
        return tuple(dict.fromkeys(filter(None, notes)))


class ClassRows(msgspec.Struct, frozen=True, kw_only=True):
    """All rows, by name, and what the gradings have in common."""

    rows: tuple[Row, ...]
    parts: tuple[Part, ...] = ()
    names: frozenset[str] = frozenset()  # id and title of the assignment


def class_rows(handed: Handed, graded: Iterable[Graded]) -> ClassRows:
    """The rows of everyone who handed in and of those who, by the roster, did not.

    `graded` is passed through once, and no report is kept.
    """
    scores: dict[str, Scored] = {}
    parts: dict[str, Part] = {}
    names: set[str] = set()
    for each in graded:
        scores[each.id] = _scored(each)
        if each.report:
            parts.update({part.id: part for part in each.report.parts})
            names |= {each.report.assignment, each.report.title}
    rows = [_row(own, scores) for own in _of_each_student(handed.submissions)]
    nothing = Scored(status=NOTHING)
    rows += [Row(member=member, submission=None, scored=nothing) for member in handed.missing]
    return ClassRows(
        rows=tuple(sorted(rows, key=_place)), parts=tuple(parts.values()), names=frozenset(names)
    )


def _scored(graded: Graded) -> Scored:
    report, score = graded.report, graded.score
    if report is None:
        return Scored(status=graded.status.value, problem=graded.problem)
    sums = {p.id: sum(outcome.score for outcome in report.of_part(p)) for p in report.parts}
    return Scored(
        status=graded.status.value,
        score=score,
        points=report.points,
        parts=sums if score is not None else {},
        problem=graded.problem,
        is_partial=report.partial,
    )


def _of_each_student(
    submissions: Iterable[ClassSubmission],
) -> list[list[tuple[Member, ClassSubmission]]]:
    """The submissions of each student; one without members is a row of its own."""
    people: People[list[tuple[Member, ClassSubmission]]] = People()
    students = []
    for submission in submissions:
        for member in submission.members or (Member(),):
            own = people.find(member)
            if own is None:
                own = []
                students.append(own)
            people.add(member, own)
            if not any(seen is submission for _, seen in own):
                own.append((member, submission))
    return students


def _row(own: list[tuple[Member, ClassSubmission]], scores: Mapping[str, Scored]) -> Row:
    """The row of the newest; of two that are as old, or have no time, the last one counts."""
    *older, (member, newest) = sorted(own, key=lambda seen: seen[1].created_at or _LONG_AGO)
    for known, _ in older:
        member = completed(member, known)
    return Row(
        member=member,
        submission=newest,
        scored=scores.get(newest.id, Scored(status=NOT_RUN)),
        others=tuple(submission.id for _, submission in older),
    )


def _place(row: Row) -> tuple[str, str, str, str]:
    """By name, as people look for it; those without one at the end."""
    member, id_ = row.member, row.submission.id if row.submission else ""
    return member.name.casefold() or "\U0010ffff", member.sid, member.email, id_
