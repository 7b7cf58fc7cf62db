"""CSV files that people save: a roster, a gradebook of Canvas."""

import csv
from pathlib import Path

from autograder.model.errors import UsageError

_MOST_BYTES = 50 * 10**6
_AS_CSV = "save it as `CSV UTF-8 (comma delimited)`"


def read_table(path: Path) -> list[list[str]]:
    """The rows, the head first; empty rows are left out, and short ones filled up.

    A comma, a semicolon or a tab separates cells, whichever the first line has most of.
    Raises UsageError when it is no such file, or has no row.
    """
    text = _text(path)
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    try:
        rows = [row for row in csv.reader(text.splitlines(True), delimiter=separator) if any(row)]
    except csv.Error as error:
        raise UsageError(f"{path} is no CSV ({error}): {_AS_CSV}") from None
    if not rows:
        raise UsageError(f"{path} is empty: {_AS_CSV}")
    width = len(rows[0])
    return [row[:width] + [""] * (width - len(row)) for row in rows]


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
        if len(data) > _MOST_BYTES:
            raise UsageError(f"{path} has more than {_MOST_BYTES // 10**6} MB: it is no table")
        return data.decode("utf-8-sig")
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not saved as UTF-8 ({error}): {_AS_CSV}") from None
