"""What becomes of the results.json that an autograder wrote, good or bad.

`read_as_harness` does what Gradescope's harness does, and `find_problems` names what is wrong.
`simulate.py` calls both.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from enum import Enum
from typing import Any

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
    if not isinstance(value, dict) or not _shorten_all(value):
        return HarnessVerdict.UPLOAD_FAILED, None
    try:
        json.dumps(value, allow_nan=False)
    except (ValueError, RecursionError):
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
    for table in (results, *tests):
        output = table.get("output", [])
        if isinstance(output, str):
            table["output"] = shorten(output)
        elif not isinstance(output, (list, dict)):
            return False  # it has no length
    return True


def find_problems(data: bytes) -> list[Problem]:
    """Everything that is wrong with the content of a results.json file.

    A value of a wrong type is reported alone: without it the other rules cannot be applied.
    """
    if len(data) > MAX_BYTES:
        return [Problem("", f"{len(data)} bytes, more than {MAX_BYTES}", "shorten the outputs")]
    try:
        value = json.loads(data.decode(), object_pairs_hook=_unique_keys)
    except ValueError as error:
        return [Problem("", f"not strict JSON: {error}")]
    except RecursionError:
        return [Problem("", "nested too deeply", "flatten extra_data")]
    try:
        results = msgspec.convert(value, GradescopeResults)
    except msgspec.ValidationError as error:
        return [_wrong_type(str(error))]
    return [*results.problems(), *_unknown_keys(value, GradescopeResults)]


def _unique_keys(pairs: list[tuple[str, object]]) -> dict[str, object]:
    for key, count in Counter(key for key, _ in pairs).items():
        if count > 1:
            raise ValueError(f"the key {key!r} appears twice in one object")
    return dict(pairs)


def _wrong_type(error: str) -> Problem:
    """What msgspec says, in the words of the other problems."""
    what, _, path = error.partition(" - at `$")
    what = re.sub(r"Expected `(.+)`, got `(.+)`", _expectation, what)
    return Problem(path.strip("`."), re.sub("Invalid enum value (.+)", r"\1 is not known", what))


def _expectation(found: re.Match[str]) -> str:
    return "not {} but {}".format(*(_KINDS.get(kind, kind) for kind in found.groups()))


def _unknown_keys(
    table: dict[str, Any], kind: type[msgspec.Struct], path: str = ""
) -> Iterator[Problem]:
    """Keys that Gradescope ignores."""
    known = kind.__struct_fields__
    for key, value in table.items():
        if key not in known:
            what = "unknown key, which Gradescope ignores"
            yield Problem(path + key, what, nearest(key, list(known)), fatal=False)
        elif key in _ROWS:
            for index, row in enumerate(value):
                yield from _unknown_keys(row, _ROWS[key], f"{key}[{index}].")


_ROWS: dict[str, type[msgspec.Struct]] = {"tests": GradescopeTest, "leaderboard": LeaderboardEntry}
_KINDS = {
    "float": "a number",
    "float | str": "a number or a string",
    "str": "a string",
    "array": "a list",
    "object": "an object",
}
