"""What the value of one key of a results.json must be."""

import json
import math
import re
from collections.abc import Callable, Iterator

from autograder.gradescope.results.strict_json import Problem

FORMATS = ("text", "html", "simple_format", "md", "ansi")
VISIBILITIES = ("visible", "hidden", "after_due_date", "after_published")
CUT_AT = 100_000  # characters; the harness cuts the middle out of longer outputs
LONG = 50_000
EXTRA_DATA_BYTES = 64 * 1024

Rule = Callable[[object, str], Iterator[Problem]]


def number(value: object, path: str) -> Iterator[Problem]:
    """A finite number; a bool is none."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        yield Problem(path, f"not a number but {value!r:.40}", f"write {path.split('.')[-1]}: 1.5")
    elif not math.isfinite(value):
        yield Problem(path, f"{value} (the upload would fail)", "write a finite number")


def non_negative(value: object, path: str) -> Iterator[Problem]:
    """A finite number of at least 0."""
    yield from number(value, path)
    if isinstance(value, (int, float)) and value < 0:
        yield Problem(path, f"{value:g} is below 0", "write 0 or more")


def text(value: object, path: str) -> Iterator[Problem]:
    """A string that survives the way to Gradescope unchanged."""
    if not isinstance(value, str):
        what = f"not a string but {type(value).__name__} (the harness itself would fail)"
        yield Problem(path, what, "write a string")
        return
    if "\0" in value:
        yield Problem(path, "contains U+0000", "strip it")
    if re.search("[\ud800-\udfff]", value):
        yield Problem(path, "contains half a surrogate pair", "replace it by U+FFFD")
    yield from _length(value, path)
    if "\r" in value:
        yield Problem(path, "contains a carriage return", "end lines with \\n", fatal=False)
    if "<script" in value.lower():
        yield Problem(path, "contains a script tag", "Gradescope removes it", fatal=False)
    if "\x1b[" in value and not re.search(r"\x1b\[0?m[^\x1b]*\Z", value):
        yield Problem(path, "colours are not reset at the end", "append \\x1b[0m", fatal=False)


def _length(value: str, path: str) -> Iterator[Problem]:
    if len(value) > CUT_AT:
        what = f"{len(value)} characters; the harness cuts the middle out above {CUT_AT}"
        yield Problem(path, what, "shorten it")
    elif len(value) > LONG:
        yield Problem(path, f"{len(value)} characters", "nobody reads that much", fatal=False)


def not_empty(value: object, path: str) -> Iterator[Problem]:
    """A string with something in it."""
    yield from text(value, path)
    if isinstance(value, str) and not value.strip():
        yield Problem(path, "empty", "name it")


def number_or_text(value: object, path: str) -> Iterator[Problem]:
    """A number such as 1.1, or a string such as "1.1"."""
    yield from text(value, path) if isinstance(value, str) else number(value, path)


def choice(*allowed: str) -> Rule:
    """One of a few words."""

    def rule(value: object, path: str) -> Iterator[Problem]:
        if not isinstance(value, str) or value not in allowed:
            yield Problem(path, f"{value!r:.40} is not known", "write " + " or ".join(allowed))

    return rule


def tags(value: object, path: str) -> Iterator[Problem]:
    """A list of strings."""
    if not isinstance(value, list) or not all(isinstance(tag, str) for tag in value):
        yield Problem(path, "not a list of strings", 'write ["a", "b"]')


def json_object(value: object, path: str) -> Iterator[Problem]:
    """An object that JSON can hold, and not a large one."""
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
        yield Problem(path, f"not an object but {type(value).__name__}", "write {...}")
        return
    try:
        size = len(json.dumps(value, allow_nan=False))
    except (ValueError, TypeError, RecursionError) as error:
        yield Problem(path, f"not JSON: {error}", "keep numbers finite and values plain")
        return
    if size > EXTRA_DATA_BYTES:
        what = f"{size} bytes, more than {EXTRA_DATA_BYTES}"
        yield Problem(path, what, "keep only what is read later", fatal=False)
