"""Sections as plain text: pipes, logs, dumb terminals and files."""

import textwrap
from collections.abc import Iterator
from typing import TextIO

from autograder.render.terminal.layout import Cell, Line, Section, Table

_ASCII = {
    "█": "#",
    "░": ".",
    "…": "...",
    "\N{EN DASH}": "-",
    "\N{EM DASH}": "-",
    "\N{MULTIPLICATION SIGN}": "x",
    "\N{RIGHT SINGLE QUOTATION MARK}": "'",
}
_GAP = "  "
_LEAST = 8  # columns that the flexible column keeps, however narrow the terminal


def encodable(text: str, encoding: str | None) -> str:
    """The text with characters the encoding lacks replaced, by look-alikes where there are some."""
    if encoding is None:
        return text
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(_encodable_character(character, encoding) for character in text)
    return text


def _encodable_character(character: str, encoding: str) -> str:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return _ASCII.get(character, "?")
    return character


class PlainWriter:
    """Writes lines of at most `width` characters, without any escape sequence."""

    def __init__(self, stream: TextIO, width: int) -> None:
        self._stream = stream
        self.width = width

    def line(self, line: Line) -> None:
        """Write one paragraph at once: progress must be seen while grading goes on."""
        self._write(wrapped(line, self.width))
        self._stream.flush()

    def section(self, section: Section) -> None:
        """Write a section under its underlined title."""
        title = textwrap.wrap(section.title, self.width)
        self._write(["", *title, "-" * max(map(len, title))])
        for item in section.items:
            rows = wrapped(item, self.width) if isinstance(item, Line) else tabled(item, self.width)
            self._write(rows)
        self._stream.flush()

    def _write(self, rows: list[str]) -> None:
        encoding = getattr(self._stream, "encoding", None)
        self._stream.writelines(encodable(row, encoding) + "\n" for row in rows)


def wrapped(line: Line, width: int) -> list[str]:
    """The line folded to the width, continuation rows two further in."""
    room = max(width - line.indent - 2, _LEAST)
    if line.verbatim:
        parts = list(_folded(line.text, room))
    else:
        paragraphs = (textwrap.wrap(part, room) for part in line.text.split("\n"))
        parts = [row for paragraph in paragraphs for row in paragraph]
    first, rest = " " * line.indent, " " * (line.indent + 2)
    return [(rest if number else first) + part for number, part in enumerate(parts or [""])]


def _folded(text: str, room: int) -> Iterator[str]:
    yield from (text[at : at + room] for at in range(0, len(text), room))


def tabled(table: Table, width: int) -> list[str]:
    """The table in aligned columns; the flexible column is wrapped to what is left."""
    widths = column_widths(table, width)
    if widths is None:
        return _stacked(table, width)
    rows = [_head(table), *table.rows]
    return [text for row in rows for text in _aligned(table, row, widths)]


def column_widths(table: Table, width: int) -> list[int] | None:
    """How wide each column becomes, or None where they do not fit side by side."""
    rows = [_head(table), *table.rows]
    widths = [max(1, *(len(row[i].text) for row in rows)) for i in range(len(table.columns))]
    flexible = next(i for i, column in enumerate(table.columns) if column.flexible)
    others = sum(widths) - widths[flexible] + len(_GAP) * (len(widths) - 1)
    widths[flexible] = min(widths[flexible], max(width - others, _LEAST))
    fits = sum(widths) + len(_GAP) * (len(widths) - 1) <= width
    return widths if fits else None


def _head(table: Table) -> tuple[Cell, ...]:
    return tuple(Cell(column.title) for column in table.columns)


def _aligned(table: Table, row: tuple[Cell, ...], widths: list[int]) -> list[str]:
    columns = [
        textwrap.wrap(cell.text, width) or [""] for cell, width in zip(row, widths, strict=True)
    ]
    height = max(len(column) for column in columns)
    texts = []
    for level in range(height):
        cells = (column[level] if level < len(column) else "" for column in columns)
        padded = (
            cell.rjust(width) if column.right else cell.ljust(width)
            for cell, width, column in zip(cells, widths, table.columns, strict=True)
        )
        texts.append(_GAP.join(padded).rstrip())
    return texts


def _stacked(table: Table, width: int) -> list[str]:
    """Every row as a small paragraph, where the columns do not fit side by side."""
    texts = []
    for row in table.rows:
        named = (
            f"{column.title} {cell.text}".strip()
            for column, cell in zip(table.columns, row, strict=True)
        )
        texts += wrapped(Line(", ".join(named)), width)
    return texts
