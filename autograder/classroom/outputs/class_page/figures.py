"""The numbers of a class report, from one pass over its gradings; no report is kept.

Called by `page`. An anonymous report is for the class itself: it is made of what students may see,
and names no submission.
"""

import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from autograder.classroom.outputs.class_page.check_figures import CheckFigures
from autograder.classroom.submissions import ClassSubmission, Graded, Status
from autograder.model.report import Report
from autograder.render.disclosure import for_student_report, one_line
from autograder.sandbox.isolation import ACTIVE

_SLOWEST = 10


class Quartiles(NamedTuple):
    """Five numbers that describe a distribution."""

    least: float
    lower: float
    median: float
    upper: float
    most: float


class Concern(NamedTuple):
    """Something about a submission that a person has to look at."""

    id: str
    what: str  # in a few words: "grader error", "a notice"
    why: str


class ClassFigures:
    """What is said of a class."""

    def __init__(self, anonymous: bool) -> None:
        self.anonymous = anonymous
        self.statuses: Counter[Status] = Counter()
        self.scores: list[float] = []
        self.points = self.extra_points = 0.0
        self.times_s: list[tuple[float, str]] = []  # wall time, id
        self.checks: dict[str, CheckFigures] = {}
        self.layers: defaultdict[str, Counter[str]] = defaultdict(Counter)  # layer -> states
        self.machines: defaultdict[str, Counter[str]] = defaultdict(Counter)  # fact -> values
        self.concerns: list[Concern] = []
        self.reported: set[str] = set()  # ids of the submissions that have a report

    def add(self, submission: ClassSubmission | None, graded: Graded) -> None:
        """A grading, and the submission where it is known."""
        self.statuses[graded.status] += 1
        self.concerns += map(self._nameless, _concerns(submission, graded))
        if graded.score is not None:
            self.scores.append(graded.score)
        if graded.report is None:
            return
        report, id_ = graded.report, graded.id
        if self.anonymous:
            report, id_ = for_student_report(report), ""
        else:
            self.reported.add(id_)
        self.times_s.append((graded.wall_s, id_))
        self._add_report(id_, report)

    def _nameless(self, concern: Concern) -> Concern:
        return concern._replace(id="", why="") if self.anonymous else concern

    def _add_report(self, id_: str, report: Report) -> None:
        optional = sum(o.check.points for o in report.outcomes if o.check.optional)
        self.points = max(self.points, report.points)
        self.extra_points = max(self.extra_points, round(optional, 6))
        for layer, state in report.isolation.items():
            self.layers[one_line(layer)][one_line(state)] += 1
        for name, value in report.machine.items():
            self.machines[one_line(name)][one_line(value)] += 1
        for outcome in report.outcomes:
            check = outcome.check
            self.checks.setdefault(check.id, CheckFigures(check)).add(id_, outcome)

    def of_part(self, part: str) -> list[CheckFigures]:
        """The checks of one part, in order."""
        return [each for each in self.checks.values() if each.check.part == part]

    @property
    def costliest(self) -> list[CheckFigures]:
        """The checks by the points that the class lost in them, those with most first."""
        lost = [each for each in self.checks.values() if each.lost > 0]
        return sorted(lost, key=lambda each: -each.lost)

    @property
    def slowest(self) -> list[tuple[float, str]]:
        """Wall time and id of the submissions that took longest."""
        return sorted(self.times_s, key=lambda each: (-each[0], each[1]))[:_SLOWEST]

    @property
    def noisy(self) -> list[CheckFigures]:
        """The checks that passed a submission because its measurement was too noisy."""
        return [each for each in self.checks.values() if each.noisy]

    @property
    def broken(self) -> list[CheckFigures]:
        """The checks in which the grader itself failed."""
        return [each for each in self.checks.values() if each.broken]

    @property
    def unprotected(self) -> list[str]:
        """The layers of isolation that were not active for every submission."""
        return [layer for layer, states in self.layers.items() if set(states) != {ACTIVE}]


def figures_of(
    submissions: Iterable[ClassSubmission], graded: Iterable[Graded], anonymous: bool
) -> ClassFigures:
    """The figures of all gradings, each looked at once."""
    known = {submission.id: submission for submission in submissions}
    figures = ClassFigures(anonymous)
    for each in graded:
        figures.add(known.get(each.id), each)
    return figures


def _concerns(submission: ClassSubmission | None, graded: Graded) -> Iterator[Concern]:
    if graded.status is not Status.GRADED:
        why = graded.problem or (submission.problem if submission else "")
        yield Concern(graded.id, graded.status.value, one_line(why))
    for text in graded.report.staff_notices if graded.report else ():
        yield Concern(graded.id, "a notice", one_line(text))


def quartiles(values: Iterable[float]) -> Quartiles | None:
    """None where there is no value."""
    ordered = sorted(values)
    if len(ordered) < 2:
        return Quartiles(*ordered * 5) if ordered else None
    lower, median, upper = statistics.quantiles(ordered, n=4, method="inclusive")
    return Quartiles(ordered[0], lower, median, upper, ordered[-1])


def ordered_states(states: Counter[str]) -> Iterator[tuple[str, int]]:
    """Each state with its number, the commonest first."""
    yield from sorted(states.items(), key=lambda item: (-item[1], item[0]))
