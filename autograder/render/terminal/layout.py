"""What a terminal summary is made of, and its rows at a given width.

Nothing here knows of streams or colours: `writers` prints the rows.
"""

import textwrap
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from autograder.render.outcome_text import Tone

_GAP = "  "
_LEAST = 8  # columns that the flexible column keeps, however narrow the terminal


class Line(NamedTuple):
    """One paragraph; verbatim ones (source, output) are folded at the width, not re-wrapped."""

    text: str
    tone: Tone = Tone.PLAIN
    indent: int = 0
    verbatim: bool = False
    word: str = ""  # the only part of the text that takes the tone, such as the verdict


class Span(NamedTuple):
    """A piece of text in one tone: part of a row, or a cell of a table."""

    text: str
    tone: Tone = Tone.PLAIN


class Column(NamedTuple):
    """One column; the flexible one becomes narrower when the terminal is narrow."""

    title: str
    right: bool = False
    flexible: bool = False


class TextTable(NamedTuple):
    """Rows of cells under titled columns, exactly one of them flexible."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Span]]


class Section(NamedTuple):
    """A heading and what stands under it."""

    title: str
    items: Sequence[Line | TextTable]


TextRow = list[Span]


def rows_of(item: Line | TextTable, width: int) -> list[TextRow]:
    """A paragraph folded to the width, or a table in aligned columns."""
    return _folded(item, width) if isinstance(item, Line) else _tabled(item, width)


def _folded(line: Line, width: int) -> list[TextRow]:
    """Continuation rows stand two columns further in."""
    room = max(width - line.indent - 2, _LEAST)
    if line.verbatim:
        texts = [line.text[at : at + room] for at in range(0, len(line.text), room)]
    else:
        texts = [row for part in line.text.split("\n") for row in textwrap.wrap(part, room)]
    first, rest = " " * line.indent, " " * (line.indent + 2)
    return [_toned((rest if n else first) + text, line) for n, text in enumerate(texts or [""])]


def _toned(text: str, line: Line) -> TextRow:
    before, word, after = text.partition(line.word) if line.word else ("", text, "")
    return [Span(before), Span(word, line.tone), Span(after)]


def _tabled(table: TextTable, width: int) -> list[TextRow]:
    """The flexible column is wrapped to what the others leave."""
    rows = [[Span(column.title, Tone.DIM) for column in table.columns], *table.rows]
    widths = [max(1, *(len(row[i].text) for row in rows)) for i in range(len(table.columns))]
    flexible = next(i for i, column in enumerate(table.columns) if column.flexible)
    gaps = len(_GAP) * (len(widths) - 1)
    others = sum(widths) - widths[flexible] + gaps
    widths[flexible] = min(widths[flexible], max(width - others, _LEAST))
    if sum(widths) + gaps > width:
        return _stacked(table, width)
    return [row for cells in rows for row in _aligned(table.columns, cells, widths)]


def _aligned(
    columns: Sequence[Column], cells: Sequence[Span], widths: Sequence[int]
) -> Iterator[TextRow]:
    wrapped = [textwrap.wrap(cell.text, width) for cell, width in zip(cells, widths, strict=True)]
    for texts in zip_longest(*wrapped, fillvalue=""):
        row = []
        for column, cell, width, text in zip(columns, cells, widths, texts, strict=True):
            padded = text.rjust(width) if column.right else text.ljust(width)
            row.append(Span(padded + _GAP, cell.tone))
        yield _without_end(row)


def _without_end(row: TextRow) -> TextRow:
    """The row without white space at its end."""
    while not row[-1].text.strip():
        row.pop()
    last = row.pop()
    return [*row, Span(last.text.rstrip(), last.tone)]


def _stacked(table: TextTable, width: int) -> list[TextRow]:
    """Every row as a small paragraph, where the columns do not fit side by side."""
    rows = []
    for cells in table.rows:
        pairs = zip(table.columns, cells, strict=True)
        named = ", ".join(f"{column.title} {cell.text}".strip() for column, cell in pairs)
        rows += _folded(Line(named), width)
    return rows
