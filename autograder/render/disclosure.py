"""What a student may see, and text made safe to show.

Called by every renderer, before it writes a word of a report.
"""

import re
from collections.abc import Callable
from typing import Any

import msgspec

from autograder.model.check import CheckDeclaration
from autograder.model.outcome import Outcome, StudentLine
from autograder.model.report import Report
from autograder.model.verdict import Verdict

_CAUSE_LINES = 30  # the end of a traceback
OUTPUT_LIMIT = 10_000  # characters of any one text that a rendering shows

# Each alternative stops at the next escape or line end, so hostile text costs linear time.
_ESCAPE = re.compile(
    r"""(?: \x1b\[ | \x9b ) [0-?]* [ -/]* [@-~]?                    # colours, cursor
      | (?: \x1b[\]PX^_] | [\x90\x98\x9d-\x9f] ) [^\x07\x1b\x9c\n]* (?: \x07 | \x1b\\ | \x9c )?
      | \x1b [ -/]* [0-~]?                                          # everything shorter
    """,
    re.VERBOSE,
)
# Control characters but \n and \t, and the marks that reorder the text around them.
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_NOT_TEXT = re.compile("[\ud800-\udfff\ufffe\uffff]")


def for_student(outcome: Outcome) -> Outcome:
    """The outcome without what only staff may see.

    A hidden check keeps its verdict, score, title, hint and the student's own line. The list is of
    what is kept, so that a field added to `Outcome` is withheld until it is added to the list.
    """
    if outcome.check.visible:
        return msgspec.structs.replace(outcome, staff="")
    return Outcome(
        check=_declaration_without_content(outcome.check),
        verdict=outcome.verdict,
        score=outcome.score,
        lines=() if outcome.verdict is Verdict.PASSED else _own_line(outcome.lines),
        mistake=outcome.mistake,  # empty unless course.toml lets hidden checks show it
    )


def for_student_report(report: Report) -> Report:
    """The report with every outcome as `for_student` returns it, without staff notices."""
    outcomes = tuple(for_student(outcome) for outcome in report.outcomes)
    return msgspec.structs.replace(report, outcomes=outcomes, staff_notices=())


def with_causes(report: Report) -> Report:
    """For a check at home, where nothing is secret: what the staff need to know of a GRADER_ERROR
    is in the report that students send them."""
    outcomes = tuple(
        msgspec.structs.replace(
            outcome,
            message=msgspec.structs.replace(
                outcome.message, more=tuple(outcome.staff.splitlines()[-_CAUSE_LINES:])
            ),
        )
        if outcome.verdict is Verdict.GRADER_ERROR and outcome.message
        else outcome
        for outcome in report.outcomes
    )
    return msgspec.structs.replace(report, outcomes=outcomes)


def presentable(report: Report, *, staff: bool) -> Report:
    """The report for one reader: only what that reader may see, all texts cleaned and cut.

    Renderers start from this, so that none of them can forget either step.
    """
    shown = report if staff else for_student_report(report)
    return msgspec.convert(map_texts(clean_text, msgspec.to_builtins(shown)), Report)


def map_texts(change: Callable[[str], str], value: Any) -> Any:
    """Plain data with `change(text)` in place of every text, those of keys included."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {change(key): map_texts(change, item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [map_texts(change, item) for item in value]
    return value


def clean_text(text: str, limit: int = OUTPUT_LIMIT) -> str:
    """Text of unknown origin as at most `limit` harmless characters; a cut says its size.

    Escape sequences and control characters go (\\n and \\t stay), lone surrogates become U+FFFD.
    """
    text = _ESCAPE.sub("", text.replace("\r\n", "\n"))
    text = _INVISIBLE.sub("", text.replace("\r", "\n"))
    return _cut(_NOT_TEXT.sub("\ufffd", text), limit)


def one_line(text: str, limit: int = 500) -> str:
    """The same for a title, a name or a table cell: white space becomes single spaces."""
    return " ".join(clean_text(text, limit).split())


def _declaration_without_content(check: CheckDeclaration) -> CheckDeclaration:
    # what is kept, as for outcomes: what the docstring says beyond the title is for staff
    return CheckDeclaration(
        id=check.id,
        title=check.title,
        part=check.part,
        points=check.points,
        visible=check.visible,
        optional=check.optional,
        hint=check.hint,
    )


def _own_line(lines: tuple[StudentLine, ...]) -> tuple[StudentLine, ...]:
    # File and function names are the worker's claim: a hostile one can write inputs into them. Text
    # was read from the grader's copy, so a line that has text exists; its function is dropped.
    own = [line for line in lines if line.text]
    return tuple(msgspec.structs.replace(line, function="") for line in own[-1:])


def _cut(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    room = limit - len(_cut_mark(len(text), text))
    if room <= 0:
        return text[:limit]
    tail = room // 3  # the end of an output is as useful as its beginning
    left_out = len(text) - room
    return text[: room - tail] + _cut_mark(left_out, text) + text[len(text) - tail :]


def _cut_mark(count: int, text: str) -> str:
    mark = f"[... {count:,} characters left out ...]".replace(",", " ")
    return f"\n{mark}\n" if "\n" in text else f" {mark} "
