"""What Gradescope's harness makes of the results.json it finds, good or bad."""

import json
from enum import Enum
from typing import Any

from autograder.gradescope.results.rules import CUT_AT

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
    output = table.get("output", "")
    if isinstance(output, str):
        if "output" in table:
            table["output"] = shorten(output)
        return True
    return isinstance(output, (list, dict))  # these have a length, so they pass as they are


def _can_upload(results: dict[str, Any]) -> bool:
    try:
        json.dumps(results, allow_nan=False)
    except (ValueError, RecursionError):
        return False
    return True
