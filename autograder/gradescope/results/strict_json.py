"""Read JSON as strictly as the harness and its upload do together, naming what is wrong."""

import json
import math
from typing import NoReturn

import msgspec

MAX_BYTES = 1 << 20


class Problem(msgspec.Struct, frozen=True):
    """One thing wrong with a results.json, and how to mend it."""

    path: str  # `tests[3].max_score`; empty for the file as a whole
    what: str
    mend: str = ""
    fatal: bool = True  # False: Gradescope takes it, but hardly as it was meant

    def __str__(self) -> str:
        kind = "error" if self.fatal else "warning"
        place = f"{self.path}: " if self.path else ""
        return f"{kind}: {place}{self.what}" + (f"; {self.mend}" if self.mend else "")


class _NotStrictError(ValueError):
    """The text is not the JSON that Gradescope can store."""


def read_json(data: bytes) -> tuple[object, list[Problem]]:
    """The value, or None and why it cannot be read."""
    problem = _of_bytes(data)
    if problem:
        return None, [problem]
    try:
        return _decode(data.decode()), []
    except (_NotStrictError, ValueError) as error:
        return None, [Problem("", f"not strict JSON: {error}")]
    except RecursionError:
        return None, [Problem("", "nested too deeply", "flatten extra_data")]


def _of_bytes(data: bytes) -> Problem | None:
    if not data.strip():
        return Problem("", "the file is empty", "write the complete file before grading starts")
    if data.startswith(b"\xef\xbb\xbf"):
        return Problem("", "starts with a byte order mark", 'write with encoding="utf-8"')
    if b"\0" in data:
        return Problem("", "contains a NUL byte", "strip it from the texts")
    if len(data) > MAX_BYTES:
        return Problem("", f"{len(data)} bytes, more than {MAX_BYTES}", "shorten the outputs")
    try:
        data.decode()
    except UnicodeDecodeError as error:
        return Problem("", f"not UTF-8 at byte {error.start}", 'write with encoding="utf-8"')
    return None


def _decode(text: str) -> object:
    return json.loads(
        text,
        parse_constant=_refuse_constant,
        parse_float=_finite,
        object_pairs_hook=_unique_keys,
    )


def _refuse_constant(name: str) -> NoReturn:
    raise _NotStrictError(f"{name} is not a JSON number (the upload would fail)")


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise _NotStrictError(f"{text[:20]} is too large (the upload would fail)")
    return value


def _unique_keys(pairs: list[tuple[str, object]]) -> dict[str, object]:
    table = dict(pairs)
    if len(table) < len(pairs):
        keys = [key for key, _ in pairs]
        repeated = next(key for key in keys if keys.count(key) > 1)
        raise _NotStrictError(f"the key {repeated!r} appears twice in one object")
    return table
