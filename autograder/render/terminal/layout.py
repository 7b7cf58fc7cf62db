"""The few shapes a terminal summary is made of, before anyone knows how wide or colourful it is."""

from enum import Enum
from typing import NamedTuple


class Tone(Enum):
    """What a text is, from which a renderer chooses a colour. Never the only carrier of meaning."""

    PLAIN = "plain"
    STRONG = "strong"
    GOOD = "good"
    BAD = "bad"
    WARN = "warn"
    DIM = "dim"


class Line(NamedTuple):
    """One paragraph; verbatim ones (source, output) are folded at the width, not re-wrapped."""

    text: str
    tone: Tone = Tone.PLAIN
    indent: int = 0
    verbatim: bool = False
    word: str = ""  # the only part of the text that takes the tone, such as the verdict


class Cell(NamedTuple):
    """One cell of a table."""

    text: str
    tone: Tone = Tone.PLAIN


class Column(NamedTuple):
    """One column; the flexible one gives way when the terminal is narrow."""

    title: str
    right: bool = False
    flexible: bool = False


class Table(NamedTuple):
    """Rows of cells under titled columns, exactly one of them flexible."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


class Section(NamedTuple):
    """A heading and what stands under it."""

    title: str
    items: tuple[Line | Table, ...]
