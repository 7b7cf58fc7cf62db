"""What a replay says: the same grading again, or what is not the same about it."""

from collections.abc import Iterable, Iterator

from autograder.grading.provenance.agreement import (
    Fact,
    changed_content,
    changed_facts,
    changed_files,
    changed_versions,
    disagreements,
)
from autograder.grading.provenance.content import GRADER
from autograder.model.report import Report
from autograder.model.units import counted, show_points
from autograder.render.agreement import Sides, difference_line, fact_text
from autograder.render.outcome_text import title_of

_SIDES = Sides("before", "now")
_HASH_DIGITS = 16


class Replayed:
    """Two gradings of a submission, side by side.

    `exact`: every verdict and score is the same, of the same files, by the same assignment,
    reference and secret. Another machine or grader may have done it.
    """

    def __init__(self, before: Report, now: Report) -> None:
        self._before, self._now = before, now
        self._found = disagreements(before, now)
        files = changed_files(before, now)
        self._files = tuple(Fact(f"{f.name}, sha256", *map(_short, f[1:])) for f in files)
        content = changed_content(before, now)
        self._content = tuple(fact for fact in content if fact.name != GRADER)
        self._grader = tuple(fact for fact in content if fact.name == GRADER)
        self.exact = not (self._found or self._files or self._content)

    def lines(self) -> list[str]:
        """For staff: the result first, then what decides, what may matter, and each check."""
        verdicts = counted(len(self._now.outcomes), "verdict")
        score = show_points(self._now.score)
        elsewhere = (
            *changed_versions(self._before, self._now),
            *self._grader,
            *changed_facts(self._before, self._now),
        )
        if self.exact:
            return [
                f"reproduced exactly: {verdicts}, {score} points",
                *_listed("although these differ:", elsewhere),
            ]
        return [self._head(verdicts, score), *self._rest(elsewhere)]

    def _head(self, verdicts: str, score: str) -> str:
        if not self._found:
            return f"the same {verdicts} and {score} points, but not of the same grading:"
        total = show_points(self._before.score)
        return (
            f"NOT reproduced: not the same in {counted(len(self._found), 'check')},"
            f" {total} points before, {score} now:"
        )

    def _rest(self, elsewhere: tuple[Fact, ...]) -> Iterator[str]:
        yield from _listed("", (*self._files, *self._content, *elsewhere))
        titles = {o.check.id: title_of(o.check) for o in self._now.outcomes}
        for difference in self._found:
            yield f"  {difference_line(difference, _SIDES, titles, points=True)}"


def _listed(head: str, facts: Iterable[Fact]) -> Iterator[str]:
    texts = [fact_text(fact, _SIDES) for fact in facts]
    if texts and head:
        yield head
    yield from (f"  {text}" for text in texts)


def _short(digest: str) -> str:
    return digest[:_HASH_DIGITS]
