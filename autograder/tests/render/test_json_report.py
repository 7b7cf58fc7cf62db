"""Tests of the report as JSON."""

import json
import math

import msgspec
import pytest

from autograder.model.errors import ConfigError
from autograder.model.outcome import Fingerprint
from autograder.render.disclosure import for_student_report
from autograder.render.json_report import dumps, loads
from autograder.tests.render.reports import CANARY, STAFF_CANARY, full_report, report_with_output


def test_a_staff_report_comes_back_whole() -> None:
    """Writing and reading gives an equal report."""
    assert loads(dumps(full_report(), staff=True)) == full_report()


def test_a_student_report_comes_back_as_disclosed() -> None:
    """The report that is read back has exactly what a student may see."""
    report = full_report()

    assert loads(dumps(report, staff=False)) == for_student_report(report)


def test_a_student_report_holds_no_canary() -> None:
    """No hidden or staff text is in the student's file; the staff's file has both."""
    student, staff = dumps(full_report(), staff=False), dumps(full_report(), staff=True)

    assert CANARY not in student and STAFF_CANARY not in student and "8675309" not in student
    assert CANARY in staff and STAFF_CANARY in staff


def test_totals_stand_beside_the_report() -> None:
    """A reader that wants only the total need not add up outcomes; extra credit stands apart."""
    content = json.loads(dumps(full_report(), staff=False))

    assert (content["extra_score"], content["extra_points"]) == (4, 4)
    assert (content["score"], content["points"], content["exit_status"]) == (14, 42, 2)


def test_equal_reports_give_equal_text() -> None:
    """The order in which a mapping was filled does not show."""
    first = full_report(machine={"a": "1", "b": "2"})
    second = full_report(machine={"b": "2", "a": "1"})

    assert dumps(first, staff=True) == dumps(second, staff=True)


def test_numbers_that_are_not_finite_stay_strict_json() -> None:
    """An overflow is null in the file and NaN when read, because JSON has no NaN."""
    outcome = full_report().outcomes[0]
    inputs = (Fingerprint("array", 1.0, (1.0, math.inf, math.nan)),)
    report = full_report(outcomes=(msgspec.structs.replace(outcome, inputs=inputs),))

    text = dumps(report, staff=False)

    def refuse(word: str) -> None:
        raise AssertionError(word)

    json.loads(text, parse_constant=refuse)
    values = loads(text).outcomes[0].inputs[0].projections
    assert values[0] == 1.0 and all(math.isnan(value) for value in values[1:])


def test_a_measurement_that_is_not_finite_comes_back_outside_its_budget() -> None:
    """An infinite measurement must not turn into one that keeps the budget."""
    outcome = full_report().outcomes[10]
    measurement = msgspec.structs.replace(outcome.measurements[0], value=math.inf)
    report = full_report(outcomes=(msgspec.structs.replace(outcome, measurements=(measurement,)),))

    assert not loads(dumps(report, staff=True)).outcomes[0].measurements[0].within


def test_text_that_is_not_utf8_is_replaced() -> None:
    """A lone surrogate becomes U+FFFD; a control character is escaped and comes back."""
    text = dumps(report_with_output("a\ud800b\x00\x1b"), staff=False)

    text.encode("utf-8")
    assert loads(text).outcomes[0].output == "a\ufffdb\x00\x1b"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not json",
        "[]",
        "{}",
        "\ud800",
        '{"format": "autograder report 0", "report": {}}',
        '{"format": "autograder report 1"}',
        dumps(full_report(), staff=False)[:-100],
        dumps(full_report(), staff=False).replace('"GRADER_ERROR"', '"SPLENDID"'),
        dumps(full_report(), staff=False).replace('"points": 4,', '"points": null,'),
    ],
)
def test_an_unusable_file_is_a_clear_error(text: str) -> None:
    """Anything but a whole report of this version is refused, saying what to do."""
    with pytest.raises(ConfigError, match=r"grade the submission again|Write it again"):
        loads(text)
