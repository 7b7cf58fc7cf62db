"""The driver: in every case results.json is complete and true."""

import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.gradescope.plan import Layout, Plan
from autograder.gradescope.runner import driver
from autograder.model.errors import SubmissionError
from autograder.model.outcome import Outcome
from autograder.model.report import Report
from autograder.model.verdict import Verdict
from autograder.tests.gradescope.samples import (
    DECLARED,
    MEAN,
    MEAN_OF_MANY,
    MEDIAN,
    make_root,
    passed,
    read_results,
    verdicts,
)

NOTHING_YET = dict.fromkeys((check.id for check in DECLARED), "")


def finish(plan: Plan, run_s: float, on_outcome: driver.OnOutcome) -> Report:
    """A grading in which everything passes."""
    outcomes = tuple(map(passed, plan.declared))
    for outcome in outcomes:
        on_outcome(outcome)
    return Report(assignment="demo", title="Demo", parts=plan.assignment.parts, outcomes=outcomes)


def test_a_whole_run_writes_the_baseline_then_each_outcome_then_the_report(tmp_path: Path) -> None:
    """Every check is listed before the first is decided, and each decision is on disk at once."""
    layout = make_root(tmp_path)
    seen: list[dict[str, str]] = []

    def grade(plan: Plan, run_s: float, on_outcome: driver.OnOutcome) -> Report:
        seen.append(verdicts(layout))
        on_outcome(passed(MEAN))
        seen.append(verdicts(layout))
        assert 450 < run_s < 456  # 95 % of 80 % of 10 minutes
        return finish(plan, run_s, on_outcome)

    assert driver.run(layout, None, grade) == 0
    assert seen == [NOTHING_YET, {**NOTHING_YET, "check_mean": "PASSED"}]
    assert set(verdicts(layout).values()) == {"PASSED"}
    assert read_results(layout)["score"] == 12


def test_a_crash_keeps_what_was_decided(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The rest is the grader's error; staff get the traceback, students do not."""
    layout = make_root(tmp_path)

    def grade(plan: Plan, run_s: float, on_outcome: driver.OnOutcome) -> Report:
        on_outcome(passed(MEAN))
        raise RuntimeError("the secret is 42")

    assert driver.run(layout, None, grade) == 2
    assert verdicts(layout) == {
        "check_mean": "PASSED",
        "check_mean_of_many": "GRADER_ERROR",
        "check_median": "GRADER_ERROR",
        "check_mode": "GRADER_ERROR",
    }
    results = read_results(layout)
    assert results["score"] == 2
    assert results["output"].startswith("NOTHING WAS DECIDED for 3 of the 4 checks")
    assert "secret" not in layout.results.read_text()
    assert "RuntimeError: the secret is 42" in capsys.readouterr().out


def test_a_report_that_lacks_a_check_is_not_taken_for_whole(tmp_path: Path) -> None:
    """A declared check without a verdict is the grader's error, never silently absent."""
    layout = make_root(tmp_path)

    def grade(plan: Plan, run_s: float, on_outcome: driver.OnOutcome) -> Report:
        return Report(
            assignment="demo", title="", parts=plan.assignment.parts, outcomes=(passed(MEAN),)
        )

    assert driver.run(layout, None, grade) == 2
    assert verdicts(layout)["check_median"] == "GRADER_ERROR"


def test_a_failed_check_is_no_failure_of_the_grader(tmp_path: Path) -> None:
    """Status 0 means that everything was decided, not that it was right."""
    layout = make_root(tmp_path)

    def grade(plan: Plan, run_s: float, on_outcome: driver.OnOutcome) -> Report:
        wrong = tuple(Outcome(check=check, verdict=Verdict.WRONG) for check in plan.declared)
        return Report(assignment="demo", title="", parts=plan.assignment.parts, outcomes=wrong)

    assert driver.run(layout, None, grade) == 0
    assert read_results(layout)["score"] == 0


def test_an_outcome_that_cannot_be_shown_does_not_cost_the_others(tmp_path: Path) -> None:
    """A score that is not a number is reported to staff; the final results are valid without it."""
    layout = make_root(tmp_path)

    def grade(plan: Plan, run_s: float, on_outcome: driver.OnOutcome) -> Report:
        outcomes = (
            passed(MEAN),
            Outcome(check=MEDIAN, verdict=Verdict.PASSED, score=float("nan")),
        )
        for outcome in outcomes:
            on_outcome(outcome)
        assert verdicts(layout)["check_mean"] == "PASSED"
        return Report(assignment="demo", title="", parts=plan.assignment.parts, outcomes=outcomes)

    assert driver.run(layout, None, grade) == 2
    assert verdicts(layout) == ONE_DECIDED


def test_a_submission_that_cannot_be_read_is_the_students_to_fix(tmp_path: Path) -> None:
    """Every check is NOT_FOUND with the reason, and the grader has not failed."""
    layout = make_root(tmp_path)

    def grade(plan: Plan, run_s: float, on_outcome: driver.OnOutcome) -> Report:
        raise SubmissionError("demo.py is larger than 10 MB")

    assert driver.run(layout, None, grade) == 0
    assert set(verdicts(layout).values()) == {"NOT_FOUND"}
    assert "demo.py is larger" in read_results(layout)["output"]


def test_without_a_plan_the_results_of_run_autograder_stay(tmp_path: Path) -> None:
    """Its results name every check; a bare notice is written only where there are none."""
    layout = Layout(tmp_path)
    layout.results.parent.mkdir()
    assert driver.run(layout, None, finish) == 2
    assert "did not start" in read_results(layout)["output"]
    layout.results.write_text('{"score": 0, "output": "from bash"}')
    assert driver.run(layout, None, finish) == 2
    assert read_results(layout)["output"] == "from bash"


def test_staff_read_the_notices_in_the_log(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A tier that is too small, a total that does not fit, lateness and staff texts are there."""
    layout = make_root(tmp_path)
    toml = layout.private / "assignments" / "demo" / "assignment.toml"
    toml.write_text(toml.read_text().replace("cpus = 0.01", "cpus = 100000"))
    layout.metadata.write_text(
        '{"id": 3, "created_at": "2026-02-01T10:00:00Z", "users": [{"id": 8}],'
        ' "assignment": {"total_points": "7.0", "due_date": "2026-02-01T09:00:00Z"}}'
    )

    def grade(plan: Plan, run_s: float, on_outcome: driver.OnOutcome) -> Report:
        on_outcome(Outcome(check=MEAN_OF_MANY, verdict=Verdict.WRONG, staff="got 3 at seed 5"))
        return finish(plan, run_s, on_outcome)

    assert driver.run(layout, None, grade) == 0
    log = capsys.readouterr().out
    assert "the assignment asks for 100000" in log
    assert "7 points on Gradescope, the checks of its required parts 20" in log
    assert "submitter 8: late by 1:00:00" in log
    assert "check_mean_of_many: WRONG 0/4" in log
    assert "got 3 at seed 5" in log
    assert "got 3 at seed 5" not in layout.results.read_text()


SCRIPT = """
import os, sys, time
from pathlib import Path
from autograder.gradescope.runner import driver
from autograder.gradescope.plan import Layout
from autograder.tests.gradescope.samples import MEAN, passed

root, platform_s, behaviour = Path(sys.argv[1]), sys.argv[2] or None, sys.argv[3]

def grade(plan, run_s, on_outcome):
    on_outcome(passed(MEAN))
    (root / "ready").touch()
    while True:
        try:
            time.sleep(600)
        except KeyboardInterrupt:
            if behaviour == "ends":
                raise
            if behaviour == "converts":
                raise RuntimeError("interrupted") from None

sys.exit(driver.run(Layout(root), platform_s, grade, grace_s=0.3))
"""


def start(layout: Layout, platform_s: str, behaviour: str) -> "subprocess.Popen[bytes]":
    """A driver that decides one check and then waits for ever."""
    script = layout.root / "script.py"
    script.write_text(SCRIPT)
    arguments = [str(layout.root), platform_s, behaviour]
    return subprocess.Popen([sys.executable, str(script), *arguments], stdout=subprocess.DEVNULL)


ONE_DECIDED = {
    "check_mean": "PASSED",
    **{c.id: "GRADER_ERROR" for c in DECLARED if c is not MEAN},
}


@pytest.mark.parametrize("behaviour", ["ends", "converts", "ignores"])
def test_when_time_runs_out_the_results_say_so(tmp_path: Path, behaviour: str) -> None:
    """The driver ends by itself, before the platform, even if grading ignores the request."""
    layout = make_root(tmp_path)
    started = time.monotonic()
    process = start(layout, "8", behaviour)
    assert process.wait(600) == 2
    assert time.monotonic() - started > 5
    assert verdicts(layout) == ONE_DECIDED
    assert driver.OUT_OF_TIME in read_results(layout)["output"]


def test_sigterm_leaves_whole_results(tmp_path: Path) -> None:
    """What was decided stays, the rest is undecided, and the status is not 0."""
    layout = make_root(tmp_path)
    process = start(layout, "", "ends")
    deadline = time.monotonic() + 600
    while not (tmp_path / "ready").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGTERM)
    assert process.wait(600) == 2
    assert verdicts(layout) == ONE_DECIDED
    assert driver.INTERRUPTED in read_results(layout)["output"]


def test_main_removes_the_platforms_variables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The time limit is read first, then nothing of the platform is left for workers to inherit."""
    seen: list[object] = []

    def run(layout: Layout, platform_s: str | None, grade: driver.Grade) -> int:
        seen.extend([layout.root, platform_s, sorted(os.environ)])
        return 0

    monkeypatch.setattr(driver, "run", run)
    monkeypatch.setattr(os, "environ", {"TIMEOUT_SECONDS": "9", "SUBMISSION_URL": "u", "PATH": "p"})
    assert driver.main([str(tmp_path)]) == 0
    assert seen == [tmp_path, "9", ["PATH"]]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("gone", [">/dev/full", ">&-", "| true", ">/dev/full 2>&1"])
def test_no_result_depends_on_the_log(tmp_path: Path, gone: str) -> None:
    """A full disk, no log, or one without a reader: the grading is whole."""
    layout = make_root(tmp_path)
    code = (
        "import sys; from pathlib import Path; from autograder.gradescope.plan import Layout;"
        "from autograder.gradescope.runner import driver;"
        "from autograder.tests.gradescope.test_driver import finish;"
        "sys.exit(driver.run(Layout(Path(sys.argv[1])), None, finish))"
    )
    command = shlex.join([sys.executable, "-c", code, str(layout.root)])
    status = subprocess.run(f"set -o pipefail; {command} {gone}", shell=True, executable="bash")
    assert status.returncode == 0
    assert set(verdicts(layout).values()) == {"PASSED"}


def test_a_line_that_cannot_be_worded_costs_no_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A fault in what is only for staff is named there."""

    def fail(report: Report) -> Iterator[str]:
        yield "the first line"
        raise ValueError("no words")

    monkeypatch.setattr(driver, "report_lines", fail)
    layout = make_root(tmp_path)
    assert driver.run(layout, None, finish) == 0
    assert set(verdicts(layout).values()) == {"PASSED"}
    assert "the log is not complete: ValueError('no words')" in capsys.readouterr().out
