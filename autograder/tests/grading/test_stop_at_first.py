"""A grading that only has to find out whether anything fails."""

from pathlib import Path

from autograder.model.verdict import Verdict
from autograder.tests.grading.tiny import Tiny, by_name, check_source


def test_after_a_failure_the_rest_is_skipped(tmp_path: Path) -> None:
    """Checks without needs are skipped too; without the option, or a failure, all checks run."""
    tiny = Tiny(tmp_path)
    tiny.checks(
        check_source("one", "expect.equal(student.f(1), 1, what='f')")
        + check_source("two", "expect.equal(student.f(2), 2, what='f')")
        + check_source("three", "expect.equal(student.f(3), 3, what='f')")
    )
    wrong = "def f(x):\n    return min(x, 1)\n"
    outcomes = by_name(tiny.grade(wrong, stop_at_first=True))
    assert [o.verdict.value for o in outcomes.values()] == ["PASSED", "WRONG", "SKIPPED"]
    message = outcomes["three"].message
    assert message and message.what == "not run: another check has failed"
    everything = by_name(tiny.grade(wrong)).values()
    assert [o.verdict.value for o in everything] == ["PASSED", "WRONG", "WRONG"]
    right = tiny.grade("def f(x):\n    return x\n", stop_at_first=True).outcomes
    assert {o.verdict for o in right} == {Verdict.PASSED}
