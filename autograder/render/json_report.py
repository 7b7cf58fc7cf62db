"""A report as strict JSON, and back: for `check --json`, `pack` and `replay`."""

import re
from typing import Any

import msgspec

from autograder.model.errors import ConfigError
from autograder.model.report import Report
from autograder.render.disclosure import for_student_report, map_texts
from autograder.render.points import points_in

FORMAT = "autograder report 1"
_UNREADABLE = (UnicodeEncodeError, RecursionError, OverflowError)  # in a file that was forged
# within strings only: what would steer a terminal or begin a tag if the file is shown as it is
_HARMFUL = re.compile("[<\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def dumps(report: Report, staff: bool) -> str:
    """The report as indented UTF-8 JSON; for staff with everything, else as a student may see it.

    Equal reports produce equal text. Lone surrogates become U+FFFD and numbers that are not finite
    become null, as JSON has neither. Control characters and "<" are written as escapes.
    """
    shown = report if staff else for_student_report(report)
    points = points_in(shown)
    content = {
        "format": FORMAT,
        "score": shown.score,  # repeated from the outcomes, for readers that only want the total
        "points": shown.points,  # extra credit apart
        "extra_score": points.extra_score,
        "extra_points": points.extra_points,
        "exit_status": shown.exit_status,
        "report": msgspec.to_builtins(shown, order="deterministic"),
    }
    plain = map_texts(_utf8, content)
    text = msgspec.json.format(msgspec.json.encode(plain), indent=2).decode() + "\n"
    return _HARMFUL.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def loads(text: str) -> Report:
    """The report that `dumps` wrote; null among its numbers is read as NaN.

    Raises ConfigError for a file that is not such a report.
    """
    try:
        content = msgspec.json.decode(text)
        if not isinstance(content, dict) or content.get("format") != FORMAT:
            raise ConfigError(
                f"this is not a report of this grader: its `format` is not {FORMAT!r}; "
                "grade the submission again with this version"
            )
        return msgspec.convert(_numbers(content.get("report")), Report)
    except (msgspec.DecodeError, msgspec.ValidationError, *_UNREADABLE) as error:
        raise ConfigError(
            f"this report cannot be read: {error}; was the file cut or edited? "
            "Write it again with `autograder check --json`"
        ) from None


def _utf8(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _numbers(value: Any) -> Any:
    """With NaN for null in a list or a measurement: only there may a number not be finite."""
    if isinstance(value, list):
        return [float("nan") if item is None else _numbers(item) for item in value]
    if isinstance(value, dict):
        measured = {"value", "budget"} <= value.keys()
        return {
            key: float("nan") if item is None and measured else _numbers(item)
            for key, item in value.items()
        }
    return value
