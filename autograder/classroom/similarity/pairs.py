"""All pairs of a class, those that have most in common first. `autograder similarity` calls this.

A pair has two figures: the share of its code that is common, high where all is copied, and its
longest passage in common, long where one part is copied. Neither says much by itself: how much
honest work has in common depends on the assignment. So each is divided by the median of all pairs.
"""

import heapq
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from autograder.classroom.people import People
from autograder.classroom.similarity.comparing import (
    SHORTEST,
    Common,
    Comparable,
    in_common,
    kgrams,
)
from autograder.classroom.similarity.reader import Reader
from autograder.classroom.submissions import ClassSubmission
from autograder.model.assignment import Assignment
from autograder.model.errors import GraderError

_LEAST_SHARE = 0.05  # typical of a class in which most pairs have less in common

Files = Mapping[str, bytes]
Progress = Callable[[str, int, int], None]  # what is done, how many of them, of how many


class Compared(NamedTuple):
    """A submission as it is compared."""

    submission: ClassSubmission
    files: Files
    code: Comparable
    problem: str = ""  # why it was read as text, or not at all; it may quote the submission


class Pair(NamedTuple):
    """Two submissions, and how many times as much as usual they have in common."""

    one: Compared
    other: Compared
    common: Common
    times: float


class Typical(NamedTuple):
    """The medians over all pairs, but at least what is chance."""

    share: float
    passage: float

    def times(self, common: Common) -> float:
        """How many times as much this is, by the figure that says more."""
        return max(common.share / self.share, common.passage / self.passage)


class Similarities(NamedTuple):
    """What the page shows."""

    pairs: Sequence[Pair]  # most in common first
    compared: int  # pairs
    of_same_people: int  # pairs that were not compared
    typical: Typical
    problems: Sequence[Compared]  # what could not be read as Python
    empty: Sequence[ClassSubmission]  # what had no file to compare


def compare_class(
    submissions: Sequence[ClassSubmission],
    assignment: Assignment,
    template: Path,
    top: int,
    progress: Progress,
) -> Similarities:
    """Compare all submissions that have files; keep the `top` pairs.

    `template`: a folder with the files that students start from: what they share with it does not
    count.
    """
    compared = _read_all(submissions, assignment, template, progress)
    apart = _Strangers(compared)
    total = len(compared) * (len(compared) - 1) // 2
    commons: list[tuple[Common, int, int]] = []
    for done, (i, j) in enumerate(combinations(range(len(compared)), 2), start=1):
        if apart(i, j):
            commons.append((in_common(compared[i].code, compared[j].code), i, j))
        progress("pairs compared", done, total)
    typical = _typical([common for common, _, _ in commons])
    return Similarities(
        pairs=[
            Pair(compared[i], compared[j], common, typical.times(common))
            for common, i, j in _most(commons, typical, top)
        ],
        compared=len(commons),
        of_same_people=total - len(commons),
        typical=typical,
        problems=[each for each in compared if each.problem],
        empty=[each for each in submissions if each.folder is None],
    )


def _read_all(
    submissions: Sequence[ClassSubmission],
    assignment: Assignment,
    template: Path,
    progress: Progress,
) -> list[Compared]:
    names = [name for name in assignment.taken if name.endswith(".py")]
    there = [each for each in submissions if each.folder is not None]
    compared = []
    with Reader() as reader:
        common = _template_kgrams(reader, _files(template, names))
        for done, submission in enumerate(there, start=1):
            assert submission.folder is not None
            files = _files(submission.folder, names)
            reading = reader.read(files)
            code = Comparable(reading, common)
            compared.append(Compared(submission, files, code, reading.problem))
            progress("submissions read", done, len(there))
    return compared


def _template_kgrams(reader: Reader, files: Files) -> frozenset[int]:
    readings = [reader.read(files), reader.read(files, as_text=True)]
    for reading in readings:
        if reading.problem:
            raise GraderError(f"the template cannot be compared with: {reading.problem}")
    return kgrams(readings)


def _files(folder: Path, names: Sequence[str]) -> Files:
    paths = (folder / name for name in names)
    return {path.name: path.read_bytes() for path in paths if path.is_file()}


class _Strangers:
    """Whether two submissions have no member in common."""

    def __init__(self, compared: Sequence[Compared]) -> None:
        self._members = [each.submission.members for each in compared]
        self._people = [People[bool]() for _ in compared]
        for people, members in zip(self._people, self._members, strict=True):
            for member in members:
                people.add(member, True)

    def __call__(self, one: int, other: int) -> bool:
        people = self._people[one]
        return not any(people.find(member) for member in self._members[other])


def _typical(commons: Sequence[Common]) -> Typical:
    if not commons:
        return Typical(_LEAST_SHARE, SHORTEST)
    shares, passages = zip(*commons, strict=True)
    share, passage = statistics.median(shares), statistics.median(passages)
    return Typical(max(share, _LEAST_SHARE), max(passage, SHORTEST))


def _most(
    commons: Sequence[tuple[Common, int, int]], typical: Typical, top: int
) -> Iterator[tuple[Common, int, int]]:
    """Those with most in common, of equal ones the first; none with nothing."""
    found = (each for each in commons if each[0].passage)
    yield from heapq.nsmallest(
        top, found, key=lambda each: (-typical.times(each[0]), -each[0].share, each[1:])
    )
