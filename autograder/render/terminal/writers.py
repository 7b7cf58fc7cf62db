"""Lines and sections on a stream: as plain text, or through rich on a terminal with colours."""

import os
import textwrap
from collections.abc import Iterable
from typing import TextIO

from autograder.render.outcome_text import Tone
from autograder.render.terminal.layout import Line, Section, Span, TextRow, rows_of

PIPE_WIDTH = 100  # where there is no terminal to ask
_ASCII = {
    "█": "#",
    "░": ".",
    "─": "-",
    "…": "...",
    "\N{EN DASH}": "-",
    "\N{EM DASH}": "-",
    "\N{MULTIPLICATION SIGN}": "x",
    "\N{RIGHT SINGLE QUOTATION MARK}": "'",
}
_STYLES = {
    Tone.PLAIN: "",
    Tone.STRONG: "bold",
    Tone.GOOD: "green",
    Tone.BAD: "bold red",
    Tone.WARN: "yellow",
    Tone.DIM: "dim",
}


class Writer:
    """Writes rows of at most `width` characters without any escape sequence: pipes, logs, files."""

    def __init__(self, stream: TextIO, width: int) -> None:
        self._stream = stream
        self.width = width

    def line(self, line: Line) -> None:
        """Write one paragraph at once: progress must be seen while grading goes on."""
        self._write(rows_of(line, self.width))

    def section(self, section: Section) -> None:
        """Write a section under its title."""
        self._write([[], *self._heading(textwrap.wrap(section.title, self.width))])
        for item in section.items:
            self._write(rows_of(item, self.width))

    def _heading(self, title: list[str]) -> list[TextRow]:
        return [[Span(text)] for text in (*title, "-" * max(map(len, title)))]

    def _write(self, rows: Iterable[TextRow]) -> None:
        for row in rows:
            self._show([Span(self._encodable(span.text), span.tone) for span in row])
        self._stream.flush()

    def _show(self, row: TextRow) -> None:
        self._stream.write("".join(span.text for span in row) + "\n")

    def _encodable(self, text: str) -> str:
        """The text with look-alikes, or `?`, for characters that the stream's encoding lacks."""
        encoding = getattr(self._stream, "encoding", None) or "utf-8"
        return "".join(c if c.encode(encoding, "ignore") else _ASCII.get(c, "?") for c in text)


class ColouredWriter(Writer):
    """The same words, coloured and under ruled titles.

    Texts reach rich as `Text`, never as markup: a student's `[red]` is five characters.
    """

    def __init__(self, stream: TextIO, width: int) -> None:
        super().__init__(stream, width)
        # rich costs 0.1 s to import, which only a terminal has to pay.
        from rich.console import Console
        from rich.text import Text

        self._assembled = Text.assemble
        self._console = Console(
            file=stream,
            width=width,
            force_terminal=True,
            highlight=False,
            markup=False,
            emoji=False,
        )

    def _heading(self, title: list[str]) -> list[TextRow]:
        rule = "─" * (self.width - len(title[-1]) - 1)
        rows = [[Span(text, Tone.STRONG)] for text in title]
        return [*rows[:-1], [*rows[-1], Span(f" {rule}", Tone.DIM)]]

    def _show(self, row: TextRow) -> None:
        text = self._assembled(*((span.text, _STYLES[span.tone]) for span in row))
        self._console.print(text, no_wrap=True, overflow="ignore")


def writer_for(stream: TextIO, width: int | None = None) -> Writer:
    """Colours on a terminal that has them, plain text anywhere else."""
    columns = max(width or _width_of(stream), 20)
    return ColouredWriter(stream, columns) if is_capable(stream) else Writer(stream, columns)


def is_capable(stream: TextIO) -> bool:
    """Whether it is a terminal with colours and a cursor that can be moved."""
    return stream.isatty() and os.environ.get("TERM", "") not in ("dumb", "unknown")


def _width_of(stream: TextIO) -> int:
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and int(columns):
        return int(columns)
    if not stream.isatty():
        return PIPE_WIDTH
    try:
        return min(os.get_terminal_size(stream.fileno()).columns or PIPE_WIDTH, 120)
    except (OSError, ValueError):  # a terminal of unknown size, or a stream without a number
        return 80
