"""What becomes of the results.json that an autograder wrote, good or bad.

`read_as_harness` does what Gradescope's harness does, and `find_problems` names what is wrong.
`simulate.py` calls both.
"""

import json
import math
import re
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any, Literal, get_args, get_origin

import msgspec

from autograder.model.toml import nearest
from autograder.render.results_json import (
    CUT_AT,
    MAX_BYTES,
    GradescopeResults,
    GradescopeTest,
    LeaderboardEntry,
    Problem,
)

_MARK = "\n[...(truncated)...]\n"


class HarnessVerdict(str, Enum):
    """What happens to a submission after run_autograder has ended."""

    ACCEPTED = "accepted"
    NO_RESULTS = "no results.json: the autograder failed to execute correctly"
    INVALID_JSON = "results.json is not JSON: score 0"
    UPLOAD_FAILED = "the harness fails on the content: no results reach Gradescope"
    TIMED_OUT = "timed out: results.json is replaced by score 0"


def read_as_harness(data: bytes | None) -> tuple[HarnessVerdict, dict[str, Any] | None]:
    """The harness's verdict, and the results as Gradescope would store them."""
    if data is None:
        return HarnessVerdict.NO_RESULTS, None
    try:
        value = json.loads(data.decode().replace("\0", "\ufffd"))
    except ValueError:
        return HarnessVerdict.INVALID_JSON, {"score": 0}
    except RecursionError:
        return HarnessVerdict.UPLOAD_FAILED, None
    if isinstance(value, str):
        return HarnessVerdict.INVALID_JSON, {"score": 0}
    if not isinstance(value, dict) or not _shorten_all(value) or not _can_upload(value):
        return HarnessVerdict.UPLOAD_FAILED, None
    return HarnessVerdict.ACCEPTED, value


def shorten(text: str) -> str:
    """Head and tail of a text that is too long."""
    if len(text) <= CUT_AT:
        return text
    half = (CUT_AT - len(_MARK)) // 2
    return text[:half] + _MARK + text[-half:]


def _shorten_all(results: dict[str, Any]) -> bool:
    """Shorten every output in place; False where the harness would raise."""
    tests = results.get("tests", [])
    if not isinstance(tests, list) or not all(isinstance(test, dict) for test in tests):
        return False
    return all(_shorten_output(table) for table in (results, *tests))


def _shorten_output(table: dict[str, Any]) -> bool:
    output = table.get("output", [])
    if isinstance(output, str):
        table["output"] = shorten(output)
    return isinstance(output, (str, list, dict))  # the others have no length


def _can_upload(results: dict[str, Any]) -> bool:
    try:
        json.dumps(results, allow_nan=False)
    except (ValueError, RecursionError):
        return False
    return True


def find_problems(data: bytes) -> list[Problem]:
    """Everything that is wrong with the content of a results.json file.

    While values are of wrong types, the rules between them are not looked at.
    """
    problem = _encoding_problem(data)
    if problem:
        return [problem]
    try:
        value = json.loads(
            data,
            parse_constant=_finite,
            parse_float=_finite,
            object_pairs_hook=_unique_keys,
        )
    except ValueError as error:
        return [Problem("", f"not strict JSON: {error}")]
    except RecursionError:
        return [Problem("", "nested too deeply", "flatten extra_data")]
    if not isinstance(value, dict):
        kind = type(value).__name__
        return [Problem("", f"the top level is a {kind}", 'write an object: {"tests": [...]}')]
    problems = list(_misfits(value, GradescopeResults, ""))
    if not any(problem.fatal for problem in problems):
        problems += msgspec.convert(value, GradescopeResults).problems()
    return problems


def _encoding_problem(data: bytes) -> Problem | None:
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


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(f"{text[:20]} is no finite number (the upload would fail)")
    return value


def _unique_keys(pairs: list[tuple[str, object]]) -> dict[str, object]:
    table = dict(pairs)
    if len(table) < len(pairs):
        keys = [key for key, _ in pairs]
        repeated = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key {repeated!r} appears twice in one object")
    return table


def _misfits(value: object, kind: type[msgspec.Struct], path: str) -> Iterator[Problem]:
    """Keys that Gradescope does not know, and values of other types than it expects."""
    if not isinstance(value, dict):
        yield Problem(path, "not an object (the harness itself would fail)", "write {...}")
        return
    fields = {field.name: field for field in msgspec.structs.fields(kind)}
    for key, item in value.items():
        place = f"{path}.{key}" if path else key
        if key not in fields:
            fix = _MISTAKES[kind].get(key) or nearest(key, list(fields))
            yield Problem(place, "unknown key, which Gradescope ignores", fix, fatal=False)
        elif key in _ROWS and isinstance(item, list):
            for index, row in enumerate(item):
                yield from _misfits(row, _ROWS[key], f"{place}[{index}]")
        else:
            yield from _misfit(item, fields[key].type, place)
    for name in fields:
        if fields[name].required and name not in value:
            yield Problem(f"{path}.{name}", "missing", "every leaderboard entry has one")


def _misfit(value: object, kind: Any, path: str) -> Iterator[Problem]:
    if value is None:
        yield Problem(path, "null", "leave the key out")
        return
    words = [
        word
        for option in get_args(kind)
        if get_origin(option) is Literal
        for word in get_args(option)
    ]
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        if words:
            yield Problem(path, f"{value!r:.40} is not known", "write " + " or ".join(words))
        else:
            yield _wrong_type(str(error), path)


def _wrong_type(error: str, path: str) -> Problem:
    """The problem that msgspec describes, in plainer words."""
    found = re.fullmatch(r"Expected `(.*?)(?: \| null)?`, got `(.*?)`(?: - at `\$(.*)`)?", error)
    if not found:
        return Problem(path, error)
    expected, kind, inner = found.groups()
    why = " (the harness itself would fail)" if path.endswith("output") else ""
    return Problem(f"{path}{inner or ''}", f"not {_EXPECTED[expected]} but {kind}{why}")


_ROWS: Mapping[str, type[msgspec.Struct]] = {
    "tests": GradescopeTest,
    "leaderboard": LeaderboardEntry,
}
_EXPECTED = {
    "float": "a number",
    "float | str": "a number or a string",
    "str": "a string",
    "array": "a list",
    "object": "an object",
}
# What other tools write, and what is meant by it.
_MISTAKES: Mapping[type[msgspec.Struct], Mapping[str, str]] = {
    GradescopeResults: {
        "max_score": "the maximum is the sum of the tests' max_score",
        "messages": "write output",
        "message": "write output",
    },
    GradescopeTest: {
        "passed": 'write "status": "passed" or "failed"',
        "title": "write name",
        "points": "write max_score",
        "weight": "write max_score",
        "message": "write output",
        "execution_time": "it belongs to the top level",
    },
    LeaderboardEntry: {"column_name": "write name", "sort_order": "write order"},
}
