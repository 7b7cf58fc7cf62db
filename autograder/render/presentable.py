"""A report made ready to show: only what its reader may see, and every text in it harmless."""

from typing import Any

import msgspec

from autograder.model.report import Report
from autograder.render.disclosure import clean_text, for_student_report


def presentable(report: Report, *, staff: bool) -> Report:
    """The report for one reader, all texts cleaned and cut.

    Renderers start from this, so none of them can forget either step.
    """
    shown = report if staff else for_student_report(report)
    return msgspec.convert(_cleaned(msgspec.to_builtins(shown)), Report)


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, dict):
        return {clean_text(key): _cleaned(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_cleaned(item) for item in value]
    return value
