"""The driver with a report from home: student and staff read the comparison; no point changes."""

from pathlib import Path

import msgspec
import pytest

from autograder.gradescope.plan import Layout, Plan
from autograder.gradescope.runner import driver
from autograder.model.outcome import Outcome
from autograder.model.report import Report
from autograder.model.verdict import Verdict
from autograder.render import home_report
from autograder.render.home_report import UNREADABLE, show_home_report
from autograder.submission.intake import HOME_REPORT
from autograder.tests.gradescope.samples import DECLARED, MEAN, make_root, passed, read_results

FILES = {"demo.py": "1" * 64}


def graded(*failing: str) -> Report:
    """Everything passes but these checks."""
    outcomes = tuple(
        Outcome(check=check, verdict=Verdict.WRONG) if check.id in failing else passed(check)
        for check in DECLARED
    )
    return Report(assignment="demo", title="Demo", parts=(), outcomes=outcomes, files=FILES)


def run(layout: Layout, report: Report) -> int:
    """Drive a grading with this report."""

    def grade(plan: Plan, run_s: float, on_outcome: driver.OnOutcome) -> Report:
        return report

    return driver.run(layout, None, grade)


def test_agreement_is_told_in_the_results_and_the_log(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line of the output that students read first."""
    layout = make_root(tmp_path)
    (layout.submission / HOME_REPORT).write_bytes(show_home_report(graded()))
    assert run(layout, graded()) == 0
    line = "3 visible checks: the same verdicts as on your machine"
    assert line in read_results(layout)["output"].splitlines()
    assert f"told to the student: {line}" in capsys.readouterr().out.splitlines()


def test_a_difference_is_told_with_its_cause(tmp_path: Path) -> None:
    """The submitted file was changed after the last check."""
    layout = make_root(tmp_path)
    home = msgspec.structs.replace(graded(), files={"demo.py": "2" * 64})
    (layout.submission / HOME_REPORT).write_bytes(show_home_report(home))
    assert run(layout, graded(MEAN.id)) == 0
    assert (
        "1 of 3 visible checks: not the verdict of your machine; other files were checked on your"
        " machine: demo.py\n  1.1 The mean is a number: passed on your machine, WRONG here\n"
    ) in read_results(layout)["output"]


def test_without_a_report_nothing_is_said(tmp_path: Path) -> None:
    """A report from home is not required."""
    layout = make_root(tmp_path)
    assert run(layout, graded()) == 0
    assert "your machine" not in layout.results.read_text()


@pytest.mark.parametrize("claim", [b"[" * 200_000, b" " * 1_000_001, b"\x00"])
def test_a_broken_report_costs_no_points(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], claim: bytes
) -> None:
    """The results are those without a report, with one more line; one line in the log says why."""
    layout = make_root(tmp_path)
    assert run(layout, graded(MEAN.id)) == 0
    without = read_results(layout)
    capsys.readouterr()
    (layout.submission / HOME_REPORT).write_bytes(claim)
    assert run(layout, graded(MEAN.id)) == 0
    results = read_results(layout)
    assert results.pop("output") == f"{UNREADABLE}\n{without.pop('output')}"
    assert results == without
    log = capsys.readouterr().out.splitlines()
    assert sum(line.startswith(f"staff notice: {HOME_REPORT}: ") for line in log) == 1


def test_a_fault_of_the_comparison_costs_no_points(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A grading that is done is written, even when the comparison fails."""

    def fail(*_: object) -> Report:
        raise RuntimeError("our own mistake")

    monkeypatch.setattr(home_report, "beside_home", fail)
    layout = make_root(tmp_path)
    (layout.submission / HOME_REPORT).write_bytes(b"{}")
    assert run(layout, graded()) == 0
    assert read_results(layout)["score"] == graded().score
    assert "our own mistake" in capsys.readouterr().out
    assert "our own mistake" not in layout.results.read_text()


def test_results_hold_what_a_replay_needs(tmp_path: Path) -> None:
    """Scores and verdicts by check, and hashes of what graded."""
    layout = make_root(tmp_path)
    content = {"assignment": "a1", "course secret": "c1"}
    assert run(layout, msgspec.structs.replace(graded(MEAN.id), content=content)) == 0
    extra = read_results(layout)["extra_data"]
    assert extra["content"] == content
    assert extra["scores"] == {c.id: 0.0 if c is MEAN else c.points for c in DECLARED}
