"""An earlier grading is read back from results.json, as far as it is kept there."""

import json
import math

import msgspec
import pytest

from autograder.gradescope.past_grading import MAX_BYTES, read_past_grading
from autograder.model.errors import ConfigError
from autograder.model.outcome import Fingerprint, Measurement, Outcome
from autograder.model.report import Report
from autograder.model.verdict import Verdict
from autograder.render.json_report import dumps
from autograder.tests.gradescope.samples import DECLARED, MEAN, MEDIAN, passed, results_of

REPORT = Report(
    assignment="demo",
    title="Demo",
    parts=(),
    outcomes=(passed(MEAN), Outcome(check=MEDIAN, verdict=Verdict.WRONG)),
    files={"demo.py": "1" * 64},
    content={"assignment": "a", "course secret": "c"},
    machine={"numpy": "2.1"},
    isolation={"seccomp": "active"},
    graded_at="2026-02-01T10:00:00+00:00",
    seed="public and secret",
)


def test_results_keep_what_a_replay_compares() -> None:
    """Verdicts, scores and hashes come back; a check that did not run is not there."""
    results = json.dumps(results_of(REPORT, DECLARED)).encode()
    found = read_past_grading(results)
    read = [(o.check.id, o.verdict.value, o.score) for o in found.outcomes]
    assert read == [("check_mean", "PASSED", 2.0), ("check_median", "WRONG", 0.0)]
    kept = ("assignment", "files", "content", "machine", "isolation", "graded_at", "seed")
    for name in kept:
        assert getattr(found, name) == getattr(REPORT, name)


def test_what_explains_a_difference_comes_back() -> None:
    """Seed, inputs and measurements of visible checks; a value that JSON has not is left out."""
    took = Measurement(name="t", kind="time", value=1.2, budget=1.5, unit="x yardstick")
    never = msgspec.structs.replace(took, value=math.inf)
    inputs = (Fingerprint("ab", 1.0, (0.25,)),)
    outcome = Outcome(
        check=MEAN,
        verdict=Verdict.OVER_TIME_BUDGET,
        seed="public",
        inputs=inputs,
        measurements=(took, never),
    )
    hidden = msgspec.structs.replace(
        outcome, check=msgspec.structs.replace(MEDIAN, visible=False), seed="secret"
    )
    report = msgspec.structs.replace(REPORT, outcomes=(outcome, hidden))
    results = json.dumps(results_of(report)).encode()
    shown, other = read_past_grading(results).outcomes
    assert (shown.seed, shown.inputs, shown.measurements) == ("public", inputs, (took,))
    assert (other.seed, other.inputs, other.measurements) == ("", (), ())


def test_a_report_comes_back_whole() -> None:
    """A report of `check --json` keeps everything."""
    assert read_past_grading(dumps(REPORT, staff=True).encode()) == REPORT


@pytest.mark.parametrize("missing", ["scores", "content", "seed", "files"])
def test_results_of_an_older_grader_are_refused(missing: str) -> None:
    """Results that lack what a replay needs are refused."""
    results = results_of(msgspec.structs.replace(REPORT))
    del results["extra_data"][missing]
    with pytest.raises(ConfigError, match="of an older grader"):
        read_past_grading(json.dumps(results).encode())


def test_a_giant_is_not_read() -> None:
    """A file that is too large is refused, such as a data set named by mistake."""
    with pytest.raises(ConfigError, match="it is no report"):
        read_past_grading(b" " * (MAX_BYTES + 1))
