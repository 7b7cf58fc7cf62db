"""Sections through rich: colours, bold and ruled headings on a real terminal."""

from typing import TYPE_CHECKING, TextIO

from autograder.render.terminal.layout import Cell, Line, Section, Table, Tone
from autograder.render.terminal.plain import column_widths, encodable, tabled, wrapped

if TYPE_CHECKING:
    from rich.text import Text

_STYLES = {
    Tone.PLAIN: "",
    Tone.STRONG: "bold",
    Tone.GOOD: "green",
    Tone.BAD: "bold red",
    Tone.WARN: "yellow",
    Tone.DIM: "dim",
}


class RichWriter:
    """The same words as `PlainWriter`, on a terminal that can show more.

    Texts reach rich as `Text`, never as markup: a student's `[red]` is five characters.
    """

    def __init__(self, stream: TextIO, width: int) -> None:
        # rich costs 0.1 s to import, which only a terminal has to pay.
        from rich.console import Console

        self.width = width
        self._encoding = getattr(stream, "encoding", None)
        self._console = Console(
            file=stream,
            width=width,
            force_terminal=True,
            highlight=False,
            markup=False,
            emoji=False,
        )

    def line(self, line: Line) -> None:
        """Print one paragraph."""
        for row in wrapped(line, self.width):
            self._print(row, line.tone, line.word)

    def section(self, section: Section) -> None:
        """Print a section under a ruled title."""
        from rich.rule import Rule

        self._console.print()
        self._console.print(Rule(self._text(section.title, "bold"), align="left", style="dim"))
        for item in section.items:
            if isinstance(item, Line):
                self.line(item)
            else:
                self._table(item)

    def _table(self, table: Table) -> None:
        from rich.table import Table as RichTable

        widths = column_widths(table, self.width)
        if widths is None:
            for text in tabled(table, self.width):
                self._print(text, Tone.PLAIN)
            return
        grid = RichTable(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
        for column, width in zip(table.columns, widths, strict=True):
            grid.add_column(column.title, justify="right" if column.right else "left", width=width)
        for row in table.rows:
            grid.add_row(*(self._cell(cell) for cell in row))
        self._console.print(grid)

    def _cell(self, cell: Cell) -> "Text":
        return self._text(cell.text, _STYLES[cell.tone])

    def _print(self, text: str, tone: Tone, word: str = "") -> None:
        shown = self._text(text, "" if word else _STYLES[tone])
        at = text.find(word) if word else -1
        if at >= 0:
            shown.stylize(_STYLES[tone], at, at + len(word))
        self._console.print(shown, no_wrap=True, overflow="ignore")

    def _text(self, text: str, style: str) -> "Text":
        from rich.text import Text

        return Text(encodable(text, self._encoding), style=style)
