"""results.json as Gradescope takes it: its fields and their types, and the rules between them.

`render/gradescope_results.py` builds it, `gradescope/results_file.py` writes it, and
`gradescope/rehearsal/reading.py` reads the file of any autograder by it.
"""

import json
import math
import re
from collections.abc import Iterable, Iterator
from typing import Any, Literal

import msgspec
from msgspec import UNSET, UnsetType

CUT_AT = 100_000  # characters; the harness cuts the middle out of longer outputs
LONG = 50_000
MANY_TESTS = 500
EXTRA_DATA_BYTES = 64 * 1024
MAX_BYTES = 1 << 20  # of the whole file
_NEVER_NEGATIVE = {"score", "max_score", "execution_time"}

Format = Literal["text", "html", "simple_format", "md", "ansi"]
Visibility = Literal["visible", "hidden", "after_due_date", "after_published"]


class Problem(msgspec.Struct, frozen=True):
    """One thing that is wrong with a results.json, and how to fix it."""

    path: str  # `tests[3].max_score`; empty for the file as a whole
    what: str
    fix: str = ""
    fatal: bool = True  # False: Gradescope takes it, but hardly as it was meant

    def __str__(self) -> str:
        kind = "error" if self.fatal else "warning"
        place = f"{self.path}: " if self.path else ""
        return f"{kind}: {place}{self.what}" + (f"; {self.fix}" if self.fix else "")


class _Table(msgspec.Struct, frozen=True, kw_only=True):
    """One object of the file. What is UNSET is left out of it: Gradescope takes no null."""

    def problems(self, path: str = "") -> Iterator[Problem]:
        """Everything that is wrong; `path` leads to this object."""
        for key, value in msgspec.structs.asdict(self).items():
            place = path + key
            if isinstance(value, str):
                yield from _text_problems(value, place)
                if key == "name" and not value.strip():
                    yield Problem(place, "empty", "name it")
            elif isinstance(value, dict):
                yield from _object_problems(value, place)
            elif isinstance(value, (int, float)):
                if not math.isfinite(value):
                    yield Problem(
                        place, f"{value} (the upload would fail)", "write a finite number"
                    )
                if value < 0 and key in _NEVER_NEGATIVE:
                    fatal = place != "score"
                    yield Problem(place, f"{value:g} is below 0", "write 0 or more", fatal)


class LeaderboardEntry(_Table, frozen=True, kw_only=True):
    """One column of the leaderboard."""

    name: str
    value: float | str
    order: Literal["asc", "desc"] | UnsetType = UNSET  # desc unless set


class GradescopeTest(_Table, frozen=True, kw_only=True):
    """One row that students see: for us, a check."""

    name: str | UnsetType = UNSET
    score: float | UnsetType = UNSET
    max_score: float | UnsetType = UNSET
    status: Literal["passed", "failed"] | UnsetType = UNSET
    output: str | UnsetType = UNSET
    visibility: Visibility | UnsetType = UNSET
    extra_data: dict[str, Any] | UnsetType = UNSET
    number: float | str | UnsetType = UNSET
    name_format: Format | UnsetType = UNSET
    output_format: Format | UnsetType = UNSET
    tags: tuple[str, ...] | UnsetType = UNSET

    def problems(self, path: str = "") -> Iterator[Problem]:
        """Those of single values, and between score, maximum and status."""
        yield from super().problems(path)
        score, most = self.score, self.max_score
        if score is UNSET:
            return
        if most is UNSET:
            yield Problem(f"{path}max_score", "missing although there is a score", "add it")
            return
        if score > most and (self.extra_data or {}).get("extra_credit") is not True:
            fix = 'lower it, or say so with "extra_data": {"extra_credit": true}'
            yield Problem(f"{path}score", f"{score:g} is above max_score {most:g}", fix)
        if score < most and self.status == "passed":
            what = f'"passed" with {score:g} of {most:g}'
            yield _warning(f"{path}status", what, "students see a green test")


class GradescopeResults(_Table, frozen=True, kw_only=True):
    """The whole file."""

    score: float | UnsetType = UNSET  # unless set, the sum of the tests' scores
    execution_time: float | UnsetType = UNSET  # seconds
    output: str | UnsetType = UNSET
    output_format: Format | UnsetType = UNSET
    test_output_format: Format | UnsetType = UNSET
    test_name_format: Format | UnsetType = UNSET
    visibility: Visibility | UnsetType = UNSET  # of tests that have none of their own
    stdout_visibility: Visibility | UnsetType = UNSET
    tests: tuple[GradescopeTest, ...] | UnsetType = UNSET
    leaderboard: tuple[LeaderboardEntry, ...] | UnsetType = UNSET
    extra_data: dict[str, Any] | UnsetType = UNSET

    def problems(self, path: str = "") -> Iterator[Problem]:
        """Those of single values, of each test and entry, and between them."""
        yield from super().problems(path)
        tests, board = self.tests or (), self.leaderboard or ()
        for index, test in enumerate(tests):
            yield from test.problems(f"tests[{index}].")
        for index, entry in enumerate(board):
            yield from entry.problems(f"leaderboard[{index}].")
        yield from self._score_problems(tests)
        yield from self._test_problems(tests)
        yield from _repeated((entry.name for entry in board), "leaderboard[{}].name", fatal=True)

    def _score_problems(self, tests: tuple[GradescopeTest, ...]) -> Iterator[Problem]:
        total = sum(test.score or 0.0 for test in tests)
        if self.score is not UNSET:
            if tests and abs(total - self.score) > 1e-6:
                what = f"{self.score:g}, but the tests sum to {total:g}"
                yield _warning("score", what, "the top-level score wins: is it meant?")
            return
        if all(test.score is UNSET for test in tests):
            yield Problem("score", "no score at the top and none on a test", "add one of them")
        if not tests:
            yield Problem("tests", "missing or empty without a top-level score", "list every check")

    def _test_problems(self, tests: tuple[GradescopeTest, ...]) -> Iterator[Problem]:
        if len(tests) > MANY_TESTS:
            yield _warning("tests", f"{len(tests)} tests", "students cannot read them")
        scored = [test for test in tests if test.score is not UNSET]
        seen = {test.visibility or self.visibility or "visible" for test in scored}
        if seen - {"visible"}:
            what = "a scored test is not visible, so students do not see their total"
            yield _warning("tests", what, "hide the content, not the test")
        yield from _repeated((test.name for test in tests), "tests[{}].name")
        yield from _repeated((test.number for test in tests), "tests[{}].number")


def _warning(path: str, what: str, fix: str) -> Problem:
    return Problem(path, what, fix, fatal=False)


def _text_problems(text: str, path: str) -> Iterator[Problem]:
    """What keeps a text from reaching students as it is."""
    if "\0" in text:
        yield Problem(path, "contains U+0000", "strip it")
    if re.search("[\ud800-\udfff]", text):
        yield Problem(path, "contains half a surrogate pair", "replace it by U+FFFD")
    if len(text) > CUT_AT:
        what = f"{len(text)} characters; the harness cuts the middle out above {CUT_AT}"
        yield Problem(path, what, "shorten it")
    elif len(text) > LONG:
        yield _warning(path, f"{len(text)} characters", "students do not read that much")
    if "\r" in text:
        yield _warning(path, "contains a carriage return", "end lines with \\n")
    if "<script" in text.lower():
        yield _warning(path, "contains a script tag", "Gradescope removes it")
    if "\x1b[" in text and not re.search(r"\x1b\[0?m[^\x1b]*\Z", text):
        yield _warning(path, "colours are not reset at the end", "append \\x1b[0m")


def _object_problems(value: dict[str, Any], path: str) -> Iterator[Problem]:
    try:
        size = len(json.dumps(value, allow_nan=False))
    except (ValueError, RecursionError) as error:
        yield Problem(path, f"not JSON: {error}", "keep numbers finite and values plain")
        return
    if size > EXTRA_DATA_BYTES:
        what = f"{size} bytes, more than {EXTRA_DATA_BYTES}"
        yield _warning(path, what, "keep only what is read later")


def _repeated(keys: Iterable[object], path: str, fatal: bool = False) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, key in enumerate(keys):
        if key is not UNSET and str(key) in seen:
            what = f"{key!r} appears twice"
            yield Problem(path.format(index), what, "exports join on it", fatal)
        seen.add(str(key))
