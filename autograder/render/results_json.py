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

CUT_AT = 100_000  # characters; the harness cuts the middle out of longer outputs
LONG = 50_000
MANY_TESTS = 500
EXTRA_DATA_BYTES = 64 * 1024
MAX_BYTES = 1 << 20  # of the whole file

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


class _Table(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One object of the file; what is None is left out, since Gradescope wants no null."""

    def value_problems(self, path: str) -> Iterator[Problem]:
        """What is wrong with single values."""
        for key, value in msgspec.structs.asdict(self).items():
            place = f"{path}{key}"
            if isinstance(value, str):
                yield from _text_problems(value, place)
            elif isinstance(value, dict):
                yield from _object_problems(value, place)
            elif isinstance(value, (int, float)) and not math.isfinite(value):
                yield Problem(place, f"{value} (the upload would fail)", "write a finite number")
            if key == "name" and value is not None and not value.strip():
                yield Problem(place, "empty", "name it")


class LeaderboardEntry(_Table, frozen=True, kw_only=True):
    """One column of the leaderboard."""

    name: str
    value: float | str
    order: Literal["asc", "desc"] | None = None  # None: desc


class GradescopeTest(_Table, frozen=True, kw_only=True):
    """One row that students see: for us, a check."""

    name: str | None = None
    score: float | None = None
    max_score: float | None = None
    status: Literal["passed", "failed"] | None = None
    output: str | None = None
    visibility: Visibility | None = None
    extra_data: dict[str, Any] | None = None
    number: float | str | None = None
    name_format: Format | None = None
    output_format: Format | None = None
    tags: tuple[str, ...] | None = None

    def score_problems(self, path: str) -> Iterator[Problem]:
        """What is wrong between score, maximum and status."""
        if self.max_score is not None and self.max_score < 0:
            yield Problem(f"{path}max_score", f"{self.max_score:g} is below 0", "write 0 or more")
        if self.score is None:
            return
        if self.score < 0:
            yield Problem(f"{path}score", f"{self.score:g} is below 0", "the least score is 0")
        if self.max_score is None:
            yield Problem(f"{path}max_score", "missing although there is a score", "add it")
            return
        shown = f"{self.score:g}", f"{self.max_score:g}"
        if self.score > self.max_score and (self.extra_data or {}).get("extra_credit") is not True:
            fix = 'lower it, or say so with "extra_data": {"extra_credit": true}'
            yield Problem(f"{path}score", "{} is above max_score {}".format(*shown), fix)
        if self.status == "passed" and self.score < self.max_score:
            what = '"passed" with {} of {}'.format(*shown)
            yield Problem(f"{path}status", what, "students see a green test", fatal=False)


class GradescopeResults(_Table, frozen=True, kw_only=True):
    """The whole file."""

    score: float | None = None  # None: the sum of the tests' scores
    execution_time: float | None = None  # seconds
    output: str | None = None
    output_format: Format | None = None  # None: simple_format
    test_output_format: Format | None = None  # None: text
    test_name_format: Format | None = None  # None: text
    visibility: Visibility | None = None  # of tests that have none of their own; None: visible
    stdout_visibility: Visibility | None = None  # None: hidden
    tests: tuple[GradescopeTest, ...] | None = None
    leaderboard: tuple[LeaderboardEntry, ...] | None = None
    extra_data: dict[str, Any] | None = None

    def problems(self) -> Iterator[Problem]:
        """Everything that is wrong, with its path."""
        tests, board = self.tests or (), self.leaderboard or ()
        yield from self.value_problems("")
        for index, test in enumerate(tests):
            yield from test.value_problems(f"tests[{index}].")
            yield from test.score_problems(f"tests[{index}].")
        for index, entry in enumerate(board):
            yield from entry.value_problems(f"leaderboard[{index}].")
        yield from self._top_problems(tests)
        yield from self._visibility_problems(tests)
        yield from _repeated((test.name for test in tests), "tests[{}].name", fatal=False)
        yield from _repeated((test.number for test in tests), "tests[{}].number", fatal=False)
        yield from _repeated((entry.name for entry in board), "leaderboard[{}].name", fatal=True)

    def _top_problems(self, tests: tuple[GradescopeTest, ...]) -> Iterator[Problem]:
        scores = [test.score for test in tests if test.score is not None]
        if self.execution_time is not None and self.execution_time < 0:
            what = f"{self.execution_time:g} is below 0"
            yield Problem("execution_time", what, "write 0 or more")
        if self.score is None:
            if not scores:
                yield Problem("score", "no score at the top and none on a test", "add one of them")
            if not tests:
                what = "missing or empty without a top-level score"
                yield Problem("tests", what, "list every check")
            return
        if self.score < 0:
            what = f"{self.score:g} is below 0"
            yield Problem("score", what, "the least score is 0", fatal=False)
        if tests and abs(sum(scores) - self.score) > 1e-6:
            what = f"{self.score:g}, but the tests sum to {sum(scores):g}"
            yield Problem("score", what, "the top-level score wins: is it meant?", fatal=False)

    def _visibility_problems(self, tests: tuple[GradescopeTest, ...]) -> Iterator[Problem]:
        if len(tests) > MANY_TESTS:
            what = f"{len(tests)} tests"
            yield Problem("tests", what, "students cannot read them", fatal=False)
        default = self.visibility or "visible"
        scored = [test for test in tests if test.score is not None]
        if any((test.visibility or default) != "visible" for test in scored):
            what = "a scored test is not visible, so students do not see their total"
            yield Problem("tests", what, "hide the content, not the test", fatal=False)


def _text_problems(text: str, path: str) -> Iterator[Problem]:
    """Does it reach Gradescope unchanged?"""
    if "\0" in text:
        yield Problem(path, "contains U+0000", "strip it")
    if re.search("[\ud800-\udfff]", text):
        yield Problem(path, "contains half a surrogate pair", "replace it by U+FFFD")
    if len(text) > CUT_AT:
        what = f"{len(text)} characters; the harness cuts the middle out above {CUT_AT}"
        yield Problem(path, what, "shorten it")
    elif len(text) > LONG:
        what = f"{len(text)} characters"
        yield Problem(path, what, "students do not read that much", fatal=False)
    if "\r" in text:
        yield Problem(path, "contains a carriage return", "end lines with \\n", fatal=False)
    if "<script" in text.lower():
        yield Problem(path, "contains a script tag", "Gradescope removes it", fatal=False)
    if "\x1b[" in text and not re.search(r"\x1b\[0?m[^\x1b]*\Z", text):
        yield Problem(path, "colours are not reset at the end", "append \\x1b[0m", fatal=False)


def _object_problems(value: dict[str, Any], path: str) -> Iterator[Problem]:
    try:
        size = len(json.dumps(value, allow_nan=False))
    except ValueError as error:
        yield Problem(path, f"not JSON: {error}", "keep numbers finite and values plain")
        return
    if size > EXTRA_DATA_BYTES:
        what = f"{size} bytes, more than {EXTRA_DATA_BYTES}"
        yield Problem(path, what, "keep only what is read later", fatal=False)


def _repeated(keys: Iterable[object], path: str, fatal: bool) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, key in enumerate(keys):
        if key is not None and str(key) in seen:
            what = f"{key!r} appears twice"
            yield Problem(path.format(index), what, "exports join on it", fatal)
        seen.add(str(key))
