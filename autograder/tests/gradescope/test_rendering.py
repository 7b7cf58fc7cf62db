"""A report as results.json: complete, valid, and silent about what is hidden."""

import json
import random

import msgspec
import pytest

from autograder.gradescope.rehearsal.reading import find_problems
from autograder.model.check import CheckDeclaration
from autograder.model.outcome import Message, Outcome, StudentLine
from autograder.model.report import Part, Report
from autograder.model.verdict import Verdict
from autograder.render.gradescope_results import ALL_BYTES, PENDING, TEST_BYTES
from autograder.tests.gradescope.samples import (
    DECLARED,
    MEAN,
    MEAN_OF_MANY,
    MODE,
    passed,
    results_of,
)

PARTS = (Part(id="1.1", title="The mean", points=6, hours=1),)


def report_of(*outcomes: Outcome, **changes: object) -> Report:
    """A report with these outcomes."""
    fields = {"assignment": "demo", "title": "Demo", "parts": PARTS, "outcomes": outcomes}
    return Report(**{**fields, **changes})  # type: ignore[arg-type]


def failed(check: CheckDeclaration = MEAN, **changes: object) -> Outcome:
    """A WRONG outcome."""
    return Outcome(check=check, **{"verdict": Verdict.WRONG, **changes})  # type: ignore[arg-type]


SECRET = "xyzzy"
HIDDEN_FAILURE = failed(
    MEAN_OF_MANY,
    message=Message(f"{SECRET} what", f"{SECRET} detail", f"{SECRET} like", f"{SECRET} hint"),
    lines=(
        StudentLine("demo.py", 12, SECRET, f"{SECRET}_value = 3"),
        StudentLine(f"{SECRET}.py", 13, SECRET, f"{SECRET} text"),
    ),
    output=f"{SECRET} printed",
    note=f"{SECRET} note",
    staff=f"{SECRET} staff",
    wall_s=8675309.25,
    cpu_s=8675309.5,
)


@pytest.mark.parametrize("verdict", list(Verdict))
def test_a_hidden_outcome_tells_nothing_but_its_verdict(verdict: Verdict) -> None:
    """No message, output, note, staff text, forged file name or timing reaches the results."""
    outcome = msgspec.structs.replace(HIDDEN_FAILURE, verdict=verdict)
    report = report_of(outcome, files={"demo.py": "0" * 64}, staff_notices=(f"{SECRET} to staff",))
    results = results_of(report, DECLARED)
    text = json.dumps(results)
    assert SECRET not in text
    assert "8675309" not in text
    assert verdict.sentence in results["tests"][1]["output"]
    assert results["tests"][1]["name"] == "1.1 The mean of many numbers."


def test_a_hidden_failure_names_the_students_own_line_and_the_hint() -> None:
    """File and number of a submitted line, and the handout section, are what a student gets."""
    check = msgspec.structs.replace(MEAN_OF_MANY, hint="section 2")
    line = StudentLine("demo.py", 12, "mean", "return 3")
    outcome = failed(check, lines=(line,))
    (test,) = results_of(report_of(outcome, files={"demo.py": "0"}))["tests"]
    assert test["output"].splitlines()[1:3] == ["demo.py, line 12", "hint: section 2"]


def test_a_visible_failure_shows_everything_but_staff_texts() -> None:
    """Message, student's lines, printed text and help are there; what is for staff is not."""
    outcome = failed(
        message=Message("off by 2", "got 4, expected 2", "a sum", "section 1"),
        lines=(StudentLine("demo.py", 3, "mean", "return x"),),
        output="printed\n",
        staff=SECRET,
    )
    (test,) = results_of(report_of(outcome))["tests"]
    assert test["output"].splitlines() == [
        "WRONG: Your code ran and gave a wrong result.",
        "off by 2",
        "got 4, expected 2",
        "looks like: a sum",
        "hint: section 1",
        "demo.py, line 3, in mean: return x",
        Verdict.WRONG.help,
        "",
        "Your code printed:",
        "printed",
    ]
    assert (test["score"], test["max_score"], test["status"]) == (0, 2, "failed")


def test_a_note_and_the_checks_own_hint_are_shown() -> None:
    """A pass may carry a note; a failure without a hint of its own falls back on the check's."""
    noted = msgspec.structs.replace(passed(MEAN), note="too noisy to tell")
    assert "note: too noisy to tell" in results_of(report_of(noted))["tests"][0]["output"]
    assert "hint: section 1" in results_of(report_of(failed()))["tests"][0]["output"]
    assert "hint" not in results_of(report_of(passed(MEAN)))["tests"][0]["output"]


def test_every_declared_check_appears() -> None:
    """A check without an outcome is listed with its maximum, score 0 and why."""
    results = results_of(report_of(passed(MEAN)), DECLARED)
    assert [test["number"] for test in results["tests"]] == ["1.1.1", "1.1.2", "2.1.1", "3.1.1"]
    assert [test["max_score"] for test in results["tests"]] == [2, 4, 4, 2]
    assert [test["output"] for test in results["tests"][1:]] == [PENDING] * 3
    assert "GRADING DID NOT FINISH: 3 of the 4" in results["output"]
    assert results["extra_data"]["undecided"] == 3


def test_an_outcome_that_was_not_declared_is_not_lost() -> None:
    """The outcome comes after those of declared checks."""
    results = results_of(report_of(passed(MEAN)), (MODE,))
    assert list(results["extra_data"]["verdicts"]) == ["check_mode", "check_mean"]


def test_extra_credit_adds_to_the_score_and_says_so() -> None:
    """The score is the sum of all tests; the optional one is marked, and nothing is a problem."""
    results = results_of(report_of(*map(passed, DECLARED)), DECLARED)
    assert results["score"] == 12 == sum(test["score"] for test in results["tests"])
    assert results["tests"][3]["name"] == "3.1 The mode. (extra credit)"
    assert results["tests"][3]["extra_data"] == {"extra_credit": True}
    apart = {
        name: results["extra_data"][name] for name in ("points", "extra_score", "extra_points")
    }
    assert apart == {"points": 10, "extra_score": 2, "extra_points": 2}
    assert "4 of 4 checks passed: 10 of 10 points, and 2 of 2 of extra credit." in results["output"]
    assert find_problems(json.dumps(results).encode()) == []


def test_a_grader_error_is_loud() -> None:
    """The text at the top begins with what was not decided, and asks staff to regrade."""
    broken = Outcome(check=MEAN, verdict=Verdict.GRADER_ERROR, score=0, staff=SECRET)
    results = results_of(report_of(broken, passed(MODE)))
    assert results["output"].startswith("NOTHING WAS DECIDED for 1 of the 2 checks")
    assert "Regrade" in results["output"]
    assert SECRET not in json.dumps(results)
    assert results["tests"][0]["score"] == 0


def test_the_total_stays_visible_and_the_log_hidden() -> None:
    """A test that is not visible hides the total; the log is for staff."""
    results = results_of(report_of(HIDDEN_FAILURE), DECLARED)
    assert {test["visibility"] for test in results["tests"]} == {"visible"}
    assert (results["visibility"], results["stdout_visibility"]) == ("visible", "hidden")


def test_notices_ignored_files_and_parts_stand_at_the_top() -> None:
    """What holds for the whole submission is the top-level output."""
    report = report_of(passed(MEAN), notices=("CRLF",), ignored=("a.txt (not asked for)",))
    assert results_of(report)["output"].splitlines() == [
        "CRLF",
        "ignored: a.txt (not asked for)",
        "1 of 1 checks passed: 2 of 2 points.",
        "part 1.1 The mean: 2 of 2",
    ]


def test_extra_data_holds_what_is_read_later() -> None:
    """Verdicts, versions, hashes, isolation and machine come back in Gradescope's exports."""
    facts = {"files": {"demo.py": "abc"}, "isolation": {"uid": "active"}, "machine": {"a": "b"}}
    extra = results_of(report_of(passed(MEAN), **facts))["extra_data"]
    assert extra["verdicts"] == {"check_mean": "PASSED"}
    assert {name: extra[name] for name in facts} == facts
    assert extra["versions"]["autograder"]


def test_names_that_repeat_are_told_apart() -> None:
    """Exports join on the name."""
    twin = msgspec.structs.replace(MEAN, id="check_twin")
    tests = results_of(report_of(passed(MEAN), passed(twin)))["tests"]
    assert [test["name"] for test in tests] == [
        "1.1 The mean is a number.",
        "1.1 The mean is a number. (2)",
    ]


def test_hostile_text_makes_valid_results() -> None:
    """Whatever a student prints, the results stay valid and free of control characters."""
    rng = random.Random(7)
    alphabet = ["\0", "\x1b[31m", "\ud800", "\r\n", "\u202e", "<script>", "é", "x", "\n", "\x07"]
    for _ in range(50):
        text = "".join(rng.choices(alphabet, k=rng.randrange(200)))
        outcome = failed(message=Message(text), output=text, lines=(StudentLine(text, 1),))
        report = report_of(outcome, ignored=(text,), files={text: text}, machine={"a": text})
        results = results_of(report, DECLARED)
        shown = results["tests"][0]["output"] + results["output"]
        assert not set(shown) & set("\0\x1b\r\x07\u202e\ud800")


def test_outputs_are_capped_in_bytes() -> None:
    """One test shows at most 8 KB, all together at most 256 KB, cut between characters."""
    outcomes = [
        failed(msgspec.structs.replace(MEAN, id=f"check_{i}", title=str(i)), output="é" * 90_000)
        for i in range(60)
    ]
    one = results_of(report_of(outcomes[0]))["tests"][0]["output"]
    assert TEST_BYTES - 4 < len(one.encode()) <= TEST_BYTES
    assert one.endswith("[... cut ...]")
    results = results_of(report_of(*outcomes))
    texts = [results["output"], *(test["output"] for test in results["tests"])]
    assert sum(len(text.encode()) for text in texts) <= ALL_BYTES
    assert len(json.dumps(results)) < 1 << 20


def test_partial_points_are_not_a_pass() -> None:
    """Half of the points for being over a budget show as failed, with the points."""
    half = Outcome(check=MODE, verdict=Verdict.OVER_MEMORY_BUDGET, score=1)
    (test,) = results_of(report_of(half))["tests"]
    assert (test["score"], test["status"]) == (1, "failed")
