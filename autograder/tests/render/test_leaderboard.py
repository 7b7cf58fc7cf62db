"""The leaderboard: only right work, only what all may see, never finer than noise."""

import json

import pytest

from autograder.gradescope.rehearsal.reading import find_problems
from autograder.model.check import CheckDeclaration
from autograder.model.outcome import Measurement, Outcome
from autograder.model.report import Part, Report
from autograder.model.verdict import Verdict
from autograder.render.html import page as html
from autograder.render.leaderboard import leaderboard
from autograder.tests.gradescope.samples import results_of

TIME = Measurement(name="gradient_time", kind="time", value=0.9768, budget=3.0, unit="x yardstick")
BYTES = Measurement(name="buffers", kind="memory", value=606123.0, budget=1e9, unit="bytes")
GROWTH = Measurement(name="step", kind="memory", value=0.1, budget=0.3, unit="growth exponent")


NOISY = Measurement(
    name="noisy", kind="time", value=3.4, budget=3.0, unit="x yardstick", undecided=True
)


def report(verdict: Verdict = Verdict.PASSED, visible: bool = True) -> Report:
    """One check with three measurements."""
    check = CheckDeclaration(
        id="check_a", title="A.", part="1", points=1.0, file="check_a.py", visible=visible
    )
    score = float(verdict is Verdict.PASSED)
    measured = (TIME, BYTES, GROWTH, NOISY)
    outcome = Outcome(check=check, verdict=verdict, score=score, measurements=measured)
    part = Part(id="1", title="One", points=1.0, hours=1.0)
    return Report(assignment="tiny", title="Tiny", parts=(part,), outcomes=(outcome, outcome))


def test_values_are_rounded_to_two_digits_and_each_budget_is_there_once() -> None:
    """Ratio and bytes; a growth exponent is no race, and noise no result."""
    found = [(entry.name, entry.value, entry.text) for entry in leaderboard(report())]
    assert found == [
        ("gradient time (x yardstick)", 0.98, "0.98 x yardstick"),
        ("buffers (bytes)", 610000.0, "610 kB"),
    ]


@pytest.mark.parametrize(
    "shown", [report(Verdict.OVER_TIME_BUDGET), report(Verdict.WRONG), report(visible=False)]
)
def test_wrong_work_and_hidden_checks_are_not_on_it(shown: Report) -> None:
    """An empty function is quick, and a hidden check's timing is for staff."""
    assert leaderboard(shown) == ()


def test_gradescope_and_the_page_show_it() -> None:
    """Valid entries, the least first; and the same values in the HTML report."""
    results = results_of(report())
    assert results["leaderboard"][0] == {
        "name": "gradient time (x yardstick)",
        "value": 0.98,
        "order": "asc",
    }
    assert find_problems(json.dumps(results).encode()) == []
    page = html.render(report())
    assert "0.98 x yardstick" in page and 'id="leaderboard"' in page
    assert 'id="leaderboard"' not in html.render(report(Verdict.WRONG))
