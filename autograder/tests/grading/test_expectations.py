"""assignments/<id>/expectations.py: helpers that the check files of one assignment share."""

import textwrap

import pytest

from autograder.grading.declaring.criteria import criteria_of
from autograder.grading.declaring.declare import declared_checks
from autograder.model.assignment import EXPECTATIONS, load_assignment
from autograder.model.errors import GraderError
from autograder.tests.grading.test_report import ECHO, verdicts
from autograder.tests.grading.tiny import Tiny, by_name, check_source, text_of

SHARED = """
    from autograder.grading import expect

    ALLOWED = 0.5

    def expect_twice(got, x):
        expect.close(got, 2 * x, rtol=0.0, atol=ALLOWED, why="half a step", what="twice x")
"""
USES_IT = "from expectations import expect_twice\n" + check_source(
    "twice", "expect_twice(student.f(2.0), 2.0)"
)


def share(tiny: Tiny, source: str) -> None:
    """Write the file of helpers."""
    (tiny.public / EXPECTATIONS).write_text(textwrap.dedent(source))


def test_visible_and_hidden_checks_share_helpers(tiny: Tiny) -> None:
    """Both import them by the file's name, and judge by them."""
    share(tiny, SHARED)
    tiny.checks(USES_IT)
    tiny.checks(USES_IT.replace("check_twice", "check_unseen"), hidden=True, name="check_b.py")
    report = tiny.grade("def f(x):\n    return x + x\n", hidden=True)
    assert verdicts(report) == {"twice": "PASSED", "unseen": "PASSED"}
    wrong = tiny.grade("def f(x):\n    return 3 * x\n")
    assert "twice x is off" in text_of(by_name(wrong)["twice"])


def test_helpers_may_be_in_several_files(tiny: Tiny) -> None:
    """expectations_*.py are imported after expectations.py, and explained like it."""
    share(tiny, SHARED)
    more = (
        "from expectations import expect_twice\n\ndef expect_more(got):\n    expect_twice(got, 2.0)"
    )
    (tiny.public / "expectations_more.py").write_text(more + "\n")
    path = tiny.checks(
        USES_IT.replace("expect_twice(student.f(2.0), 2.0)", "expect_more(student.f(2.0))").replace(
            "from expectations import expect_twice", "from expectations_more import expect_more"
        )
    )
    assert verdicts(tiny.grade("def f(x):\n    return x + x\n")) == {"twice": "PASSED"}
    criteria = criteria_of(path, "check_twice", load_assignment(tiny.public))
    assert criteria.comparisons == ("twice x: off by at most 0.5 (half a step)",)


def test_a_worker_cannot_import_them(tiny: Tiny) -> None:
    """They belong to the grader: for the student's code there is no such module."""
    share(tiny, SHARED)
    tiny.checks(USES_IT)
    report = tiny.grade("def f(x):\n    import expectations\n    return x + x\n")
    assert "No module named 'expectations'" in text_of(by_name(report)["twice"])


@pytest.mark.parametrize("broken", ["import no_such_library", "1 / 0"])
def test_helpers_that_cannot_be_imported_are_a_grader_error(tiny: Tiny, broken: str) -> None:
    """Every check is in the report, undecided, and staff read the file's name and the reason."""
    share(tiny, broken)
    tiny.checks(USES_IT + check_source("other", "pass"))
    report = tiny.grade(ECHO)
    assert verdicts(report) == {"twice": "GRADER_ERROR", "other": "GRADER_ERROR"}
    assert report.exit_status == 2
    for outcome in report.outcomes:
        assert outcome.staff.startswith("expectations.py cannot be imported")
        assert broken in outcome.staff


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def expect_twice(:\n", "expectations.py cannot be read"),
        (check_source("there", "pass"), "expectations.py: check_there belongs in a check file"),
    ],
)
def test_helpers_that_make_no_sense_are_an_error(tiny: Tiny, source: str, expected: str) -> None:
    """As in a check file: the error names the file and what is wrong, and nothing is graded."""
    share(tiny, source)
    with pytest.raises(GraderError, match=expected):
        declared_checks(load_assignment(tiny.public), hidden=False)


def test_what_a_helper_allows_is_explained(tiny: Tiny) -> None:
    """`autograder explain` follows a check into the helpers, and their constants."""
    share(tiny, SHARED)
    path = tiny.checks(USES_IT)
    criteria = criteria_of(path, "check_twice", load_assignment(tiny.public))
    assert criteria.comparisons == ("twice x: off by at most 0.5 (half a step)",)
