"""The pairs with most in common, side by side, as one HTML file for staff."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from autograder.classroom.similarity.comparing import Passages, passages_of
from autograder.classroom.similarity.pairs import Compared, Pair, Similarities
from autograder.classroom.similarity.reading import source_lines
from autograder.classroom.submissions import ClassSubmission
from autograder.machine.files import write_atomically
from autograder.model.assignment import Assignment
from autograder.model.units import counted
from autograder.render.disclosure import clean_text, one_line
from autograder.render.html.frame import framed

_PACKAGE = "autograder.classroom.similarity"
_AROUND = 3  # lines before and after those in common
_MOST_LINES = 3000  # of a file; ours have 350
_LONGEST_LINE = 300


class PairRow(NamedTuple):
    """A line of a submission, and whether the other one has it too."""

    number: str
    text: str
    common: bool


class PairSide(NamedTuple):
    """One submission of a pair."""

    who: str
    files: list[tuple[str, list[PairRow]]]


def write_similarity_page(path: Path, found: Similarities, assignment: Assignment) -> None:
    """Write the page, for its owner alone; the same submissions make the same page."""
    write_atomically(path, similarity_page(found, assignment).encode(), 0o600)


def similarity_page(found: Similarities, assignment: Assignment) -> str:
    """The page; it needs nothing else, and every text of a submission is escaped."""
    values = {
        "title": one_line(assignment.title),
        "found": found,
        "pairs": [(line_of(number, pair), _sides(pair)) for number, pair in _numbered(found)],
        "compared": f"{counted(found.compared, 'pair')} compared",
        "problems": [(who(each.submission), one_line(each.problem)) for each in found.problems],
        "empty": [who(each) for each in found.empty],
    }
    styles = ["similarity.css.j2"]
    return framed("similarity.html.j2", values, packages=[_PACKAGE], styles=styles)


def lines_of(found: Similarities) -> Iterator[str]:
    """A line of text for each pair."""
    return (line_of(number, pair) for number, pair in _numbered(found))


def line_of(number: int, pair: Pair) -> str:
    """`1. 17 (Ada) and 23 (Bob): 97 % in common, longest passage 14 lines, 5.1 times the usual`."""
    names = f"{who(pair.one.submission)} and {who(pair.other.submission)}"
    longest = f"longest passage {counted(_longest(pair), 'line')}"
    share = f"{100 * pair.common.share:.0f} % in common"
    return f"{number}. {names}: {share}, {longest}, {pair.times:.1f} times the usual"


def who(submission: ClassSubmission) -> str:
    """The id of a submission and the names of its members."""
    names = [one_line(m.name or m.email or m.sid, 60) for m in submission.members]
    said = ", ".join(name for name in names if name and name != submission.id)
    return f"{one_line(submission.id)} ({said})" if said else one_line(submission.id)


def _numbered(found: Similarities) -> Iterator[tuple[int, Pair]]:
    return enumerate(found.pairs, start=1)


def _longest(pair: Pair) -> int:
    """Lines of the longest passage in common, in the first of the two."""
    mine, _ = passages_of(pair.one.code, pair.other.code)
    longest = max(mine, key=lambda passage: passage[1] - passage[0])
    return sum(map(len, pair.one.code.lines([longest]).values()))


def _sides(pair: Pair) -> tuple[PairSide, PairSide]:
    mine, its = passages_of(pair.one.code, pair.other.code)
    return _side(pair.one, mine), _side(pair.other, its)


def _side(compared: Compared, passages: Passages) -> PairSide:
    lines = compared.code.lines(passages)
    files = [
        (name, [*_rows(data, lines[name])])
        for name, data in compared.files.items()
        if lines.get(name)
    ]
    return PairSide(who(compared.submission), files)


def _rows(data: bytes, common: frozenset[int]) -> Iterator[PairRow]:
    """The lines in common with a few around, and in the place of others how many there are."""
    texts = source_lines(data.decode("utf-8-sig", "replace"))
    near = {n + distance for n in common for distance in range(-_AROUND, _AROUND + 1)}
    shown = sorted(near & set(range(1, len(texts) + 1)))[:_MOST_LINES]
    for before, number in pairwise([0, *shown]):
        if number > before + 1:
            yield _gap(number - before - 1)
        text = clean_text(texts[number - 1], _LONGEST_LINE)
        yield PairRow(str(number), text, number in common)
    if left := len(texts) - shown[-1]:
        yield _gap(left)


def _gap(lines: int) -> PairRow:
    return PairRow("", f"({counted(lines, 'line')})", False)
