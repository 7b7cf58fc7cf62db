"""Two gradings of one class that never was, before and after a fix of the grader."""

import json
from collections.abc import Mapping
from pathlib import Path

import msgspec

from autograder.classroom.regrades.comparison import Comparison, compare_sides
from autograder.classroom.regrades.sides import read_side
from autograder.model.report import Report
from autograder.model.verdict import Verdict
from autograder.render.json_report import dumps
from autograder.tests.classroom.made_up import loss, report, timed
from autograder.tests.gradescope.samples import results_of

BEFORE = {"assignment": "a1", "grader": "g1", "reference": "r1", "course secret": "5ec4e700"}
AFTER = {**BEFORE, "grader": "g2"}


def old_report(*outcomes: object, **changes: object) -> Report:
    """A report by the grader before its fix."""
    fields = {"content": BEFORE, "seed": "public and secret", **changes}
    return report(*outcomes, **fields)  # type: ignore[arg-type]


def new_report(*outcomes: object, **changes: object) -> Report:
    """A report by the grader as it is now."""
    return old_report(*outcomes, **{"content": AFTER, **changes})


def graded_into(folder: Path, reports: Mapping[str, Report | None]) -> Path:
    """A folder as `autograder grade` writes it; a submission that was not graded has no report."""
    for id_, each in reports.items():
        place = folder / "staff" / id_
        place.mkdir(parents=True)
        if each is not None:
            (place / "report.json").write_text(dumps(each, staff=True), encoding="utf-8")
    return folder


def results_json(path: Path, report: Report, **extra: object) -> Path:
    """A results.json of this report, with these entries of `extra_data` changed; None: without."""
    results = results_of(report)
    results["extra_data"] |= extra
    for name in [name for name, value in extra.items() if value is None]:
        del results["extra_data"][name]
    path.write_text(json.dumps(results))
    return path


def compared(old: Path, new: Path) -> Comparison:
    """What `regrade-diff` shows of two places."""
    return compare_sides(read_side(old), read_side(new))


def a_fix(folder: Path) -> Comparison:
    """The fix accepts a loss; of five submissions one gains by it, one loses, and so on."""
    passed, wrong, error = (loss(v) for v in (Verdict.PASSED, Verdict.WRONG, Verdict.GRADER_ERROR))
    old = {
        "gains": old_report(wrong, timed(1.0)),
        "loses": old_report(passed, timed(1.0)),
        "same": old_report(passed, timed(1.0)),
        "noisy": old_report(passed, timed(2.9)),
        "slower": old_report(passed, timed(1.0)),
        "undecided": old_report(error, timed(1.0)),
        "again": old_report(wrong, timed(1.0)),
        "gone": old_report(passed, timed(1.0)),
    }
    new = {
        "gains": new_report(passed, timed(1.0)),
        "loses": new_report(wrong, timed(1.0)),
        "same": new_report(passed, timed(1.1)),
        "noisy": new_report(passed, timed(3.2)),
        "slower": new_report(passed, timed(30.0)),
        "undecided": new_report(passed, timed(1.0)),
        "again": new_report(passed, timed(1.0), files={"sgd.py": "0" * 64}),
        "set aside": None,
    }
    return compared(graded_into(folder / "old", old), graded_into(folder / "new", new))


def without_outcome(each: Report, check_id: str) -> Report:
    """The report as if it had no such check."""
    outcomes = tuple(o for o in each.outcomes if o.check.id != check_id)
    return msgspec.structs.replace(each, outcomes=outcomes)
