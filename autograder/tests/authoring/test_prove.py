"""`autograder prove`: what is due, what is kept, and the records on disk."""

from pathlib import Path

import pytest

from autograder.authoring.proofs import prove as prove_module
from autograder.authoring.proofs.kind import Ratio, Setting
from autograder.authoring.proofs.kinds import load as load_module
from autograder.authoring.proofs.kinds.load import GRADINGS, Load
from autograder.authoring.proofs.prove import (
    kinds_named,
    older_framework,
    prove,
    record_problems,
    state_of,
    states,
)
from autograder.authoring.proofs.record import read_record, record_path
from autograder.grading.context.request import GradingRequest
from autograder.model.check import CheckDeclaration
from autograder.model.errors import ConfigError, UsageError
from autograder.model.outcome import Measurement, Message, Outcome
from autograder.model.report import Report
from autograder.model.verdict import Verdict
from autograder.tests.authoring.counting import Counting, Found
from autograder.tests.authoring.course import tiny_of
from autograder.tests.authoring.records import ignore, setting_of

Patch = pytest.MonkeyPatch


@pytest.fixture
def setting(course: Path) -> Setting:
    """The scaffolded assignment."""
    Counting.codes, Counting.proved, Counting.fails_after = {"b": "1", "a": "1"}, [], 99
    return setting_of(tiny_of(course))


def run_of(setting: Setting, fresh: bool = False) -> list[str]:
    """Prove; returns which units were proved. Its codes stand in a file, as those of real ones."""
    Counting.proved.clear()
    (setting.assignment.folder / "codes.txt").write_text(str(Counting.codes))
    prove(setting, [Counting], fresh, say=ignore)
    return list(Counting.proved)


def test_only_what_is_due_is_proved(setting: Setting) -> None:
    """What is new or has changed; what is gone leaves the record."""
    assert run_of(setting) == ["b", "a"]
    assert run_of(setting) == []
    Counting.codes.update(b="2", c="1")
    assert state_of(Counting(setting)) == "counting: 2 of 3 due (1 changed, 1 never proved)"
    assert run_of(setting) == ["b", "c"]
    del Counting.codes["a"]
    assert run_of(setting) == []
    assert list(Counting(setting).lines) == ["b", "c"]


def test_what_was_settled_is_not_looked_at_again(setting: Setting) -> None:
    """Until a file has changed; `fresh` looks, and what is due or was found is never settled."""
    run_of(setting)
    Counting.codes["b"] = "2"  # in no file: so it is not seen
    said: list[str] = []
    prove(setting, [Counting], False, said.append)
    assert said == ["tiny: counting: 0 of 2 due"]
    assert list(states(setting, [Counting])) == ["counting: 0 of 2 due"]
    (setting.assignment.folder / "data.py").write_text("# another file")
    assert list(states(setting, [Counting])) == ["counting: 1 of 2 due (1 changed)"]
    assert run_of(setting) == ["b"]
    Counting.codes["bad"] = "1"
    assert run_of(setting) == ["bad"]
    found = prove(setting, [Counting], fresh=False, say=ignore)
    assert found == ["counting: bad is bad"]  # told each time


def test_fresh_proves_everything(setting: Setting) -> None:
    """As before a release."""
    run_of(setting)
    assert run_of(setting, fresh=True) == ["b", "a"]


def test_an_interrupted_run_goes_on(setting: Setting) -> None:
    """What was proved before Ctrl-C is on disk."""
    Counting.fails_after = 1
    with pytest.raises(KeyboardInterrupt):
        run_of(setting)
    Counting.fails_after = 99
    assert run_of(setting) == ["a"]


def test_a_record_has_a_line_a_unit(setting: Setting) -> None:
    """Sorted, with four digits, the date and the framework; nothing is shared between lines."""
    run_of(setting)
    text = record_path(setting.assignment, "counting").read_text()
    first, second = text.splitlines()
    assert first.startswith('{"unit":"a","code":"1","date":"20') and '"value":0.3333}' in first
    assert second.startswith('{"unit":"b","code":"1","date":"20')
    assert "machine" not in text  # it measures nothing


def test_a_line_that_does_not_fit_is_an_error(setting: Setting) -> None:
    """It names file and line, and what to do."""
    run_of(setting)
    path = record_path(setting.assignment, "counting")
    path.write_text(path.read_text() + '{"unit":"c"}\n')
    wanted = r"counting\.jsonl, line 3: .*delete the line and run `autograder prove tiny"
    with pytest.raises(ConfigError, match=wanted):
        read_record(setting.assignment, "counting", Found)


def test_findings_and_what_is_due_are_problems(setting: Setting) -> None:
    """Of `verify`; a finding alone is one of `prove`."""
    due = "run `autograder prove tiny --only counting`"
    assert list(record_problems(Counting(setting), quick=False, release=False)) == [due]
    assert list(record_problems(Counting(setting), quick=True, release=False)) == []
    Counting.codes["bad"] = "1"
    found = prove(setting, [Counting], fresh=False, say=ignore)
    assert found == ["counting: bad is bad"]
    assert list(record_problems(Counting(setting), quick=False, release=False)) == ["bad is bad"]


def test_what_was_found_in_other_code_is_no_finding(setting: Setting) -> None:
    """The unit is due, and its old line says nothing."""
    Counting.codes["bad"] = "1"
    run_of(setting)
    Counting.codes["bad"] = "2"
    assert list(record_problems(Counting(setting), quick=True, release=False)) == []


def test_an_older_framework_is_counted(setting: Setting, monkeypatch: Patch) -> None:
    """It makes nothing due."""
    run_of(setting)
    assert older_framework(Counting(setting)) == ""
    monkeypatch.setattr(prove_module, "stamp", lambda measures: {"framework": "another"})
    assert not Counting(setting).due()
    assert list(record_problems(Counting(setting), quick=False, release=False)) == []
    (problem,) = record_problems(Counting(setting), quick=True, release=True)
    assert problem.startswith("2 proved with an older framework: run `autograder prove tiny --only")


def test_an_unknown_kind_is_refused() -> None:
    """The nearest one is named."""
    with pytest.raises(UsageError, match=r"there is no proof 'mutant'.*mutants"):
        kinds_named(["mutant"])
    assert [kind.name for kind in kinds_named(["load"])] == ["load"]


@pytest.fixture
def graded(monkeypatch: Patch) -> list[GradingRequest]:
    """The gradings under load; the third one fails a check."""
    asked: list[GradingRequest] = []

    def grade(request: GradingRequest, timeout_s: float) -> Report:
        asked.append(request)
        outcomes = tuple(outcome(name, len(asked) == 3) for name in request.checks)
        return Report(assignment="tiny", title="t", parts=(), outcomes=outcomes)

    monkeypatch.setattr(load_module, "grade_in_subprocess", grade)
    return asked


def outcome(name: str, slow: bool) -> Outcome:
    """Of a check that used half of a time budget."""
    declaration = CheckDeclaration(id=name, title="t", part="1.1", points=2.0)
    time = Measurement(name="t", kind="time", value=2.0, budget=4.0, unit="x yardstick")
    if slow:
        return Outcome(check=declaration, verdict=Verdict.OVER_TIME_BUDGET, message=Message("slow"))
    return Outcome(check=declaration, verdict=Verdict.PASSED, measurements=(time,))


def test_gradings_under_load_are_counted_by_check(
    graded: list[GradingRequest], setting: Setting
) -> None:
    """Each check has so many gradings, with hidden checks; another report is a finding."""
    found = prove(setting, [Load], fresh=False, say=ignore)
    assert len(graded) == GRADINGS and all(request.hidden for request in graded)
    kind = Load(setting)
    assert not kind.due() and next(kind.ratios()) == Ratio(GRADINGS - 1, GRADINGS)
    lines = kind.lines.values()
    assert {(line.gradings, line.time_share) for line in lines} == {(GRADINGS, 0.5)}
    assert found[0].endswith(f": 1 of {GRADINGS} gradings: OVER_TIME_BUDGET / slow")


def test_a_changed_check_is_graded_alone(
    graded: list[GradingRequest], setting: Setting, course: Path
) -> None:
    """The others keep their gradings."""
    prove(setting, [Load], fresh=False, say=ignore)
    graded.clear()
    path = course / "assignments/tiny/checks/check_1_mean_square.py"
    path.write_text(path.read_text().replace("terms=57", "terms=58"))
    prove(setting_of(tiny_of(course)), [Load], fresh=False, say=ignore)
    assert {request.checks for request in graded} == {("check_mean_square_agrees_with_a_loop",)}


def test_too_few_gradings_are_due(graded: list[GradingRequest], setting: Setting) -> None:
    """As after Ctrl-C: the rest is graded."""
    kind = Load(setting)
    units = list(kind.known_units.values())
    lines = kind.prove(units, ignore)
    for _ in range(3 * len(units)):
        line = next(lines)
        kind.lines[line.unit] = line
    assert {kind.why_due(unit) for unit in units} == {"never proved"}
    assert kind.steps(units) == (GRADINGS - 3) * len(units)
