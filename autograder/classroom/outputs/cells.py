"""Cells of a CSV that a spreadsheet will open: numbers stay numbers, and text stays text."""

import re

from autograder.render.disclosure import one_line

_LONGEST = 1000
# What begins a formula, in full width too. A spreadsheet that separates by semicolons sees cells
# within ours, so the same holds after a semicolon.
_FORMULA = re.compile("(^|;\\s*)(?=[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20])")


def text_cell(text: str) -> str:
    """One line of harmless text; a `'` stands before what would be taken for a formula."""
    return _FORMULA.sub(r"\1'", one_line(text, _LONGEST))


def is_safe_key(text: str) -> bool:
    """Whether it can be written as it stands: a key that is changed joins the wrong rows."""
    return text_cell(text) == text


def number_cell(value: float | None) -> str:
    """A number without an exponent or needless zeros, to six digits; empty where there is none."""
    return "" if value is None else f"{value:.6f}".rstrip("0").rstrip(".")
