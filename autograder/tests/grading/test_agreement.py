"""Why two gradings differ: for each check, the first cause that holds."""

from typing import Any

import msgspec
import pytest

from autograder.grading.context.fingerprint import fingerprint_of
from autograder.grading.provenance.agreement import (
    Cause,
    Disagreement,
    Fact,
    changed_facts,
    changed_versions,
    disagreements,
)
from autograder.model.check import CheckDeclaration
from autograder.model.outcome import Fingerprint, Measurement, Message, Outcome
from autograder.model.report import Report
from autograder.model.verdict import Verdict

MACHINE = {"autograder": "1", "python": "3.11", "numpy": "2.1", "threads": "1", "cpus": "4"}
HOME = Report(
    assignment="a",
    title="A",
    parts=(),
    outcomes=(),
    files={"a.py": "1" * 64},
    machine=MACHINE,
    isolation={"seccomp": "active"},
    content={"assignment": "x", "grader": "g"},
)
HERE = msgspec.structs.replace(
    HOME,
    seed="public and secret",
    content={"assignment": "x", "grader": "g", "reference": "r", "course secret": "c"},
)


def check(name: str, needs: tuple[str, ...] = ()) -> CheckDeclaration:
    """A check worth 2 points."""
    return CheckDeclaration(id=name, title=name, part="1.1", points=2, needs=needs)


def outcome(name: str, verdict: Verdict, needs: tuple[str, ...] = (), **more: Any) -> Outcome:
    """An outcome with the public inputs, unless `more` has another seed."""
    score = 2.0 if verdict is Verdict.PASSED else 0.0
    fields = {"seed": "public", "score": score, **more}
    return Outcome(check=check(name, needs), verdict=verdict, **fields)


def measured(value: float, undecided: bool = False) -> tuple[Measurement, ...]:
    """A time of so many yardsticks; the budget is 2.5."""
    return (
        Measurement(
            name="step_time",
            kind="time",
            value=value,
            budget=2.5,
            unit="x yardstick",
            undecided=undecided,
        ),
    )


def of(home: Report, here: Report, there: Outcome, now: Outcome) -> Disagreement:
    """The difference in one check."""
    reports = (
        msgspec.structs.replace(home, outcomes=(there,)),
        msgspec.structs.replace(here, outcomes=(now,)),
    )
    (found,) = disagreements(*reports)
    return found


PASSED, WRONG = outcome("a", Verdict.PASSED), outcome("a", Verdict.WRONG)


def test_the_same_verdicts_are_no_difference() -> None:
    """Other files, machines and messages do not make a disagreement."""
    other = msgspec.structs.replace(HERE, files={}, machine={}, outcomes=(PASSED,))
    assert disagreements(msgspec.structs.replace(HOME, outcomes=(PASSED,)), other) == []


def test_other_files_come_first() -> None:
    """They are the cause before the assignment's version, and before causes of one check."""
    home = msgspec.structs.replace(HOME, files={"a.py": "2" * 64}, content={"assignment": "y"})
    found = of(home, HERE, PASSED, WRONG)
    assert (found.cause, [fact.name for fact in found.facts]) == (Cause.FILES, ["a.py"])


def test_another_version_comes_before_what_one_check_shows() -> None:
    """The version is the assignment's or the grader's; what is not known at home does not count."""
    home = msgspec.structs.replace(HOME, content={"assignment": "y", "grader": "g"})
    found = of(home, HERE, PASSED, outcome("a", Verdict.WRONG, seed="secret"))
    assert (found.cause, found.facts) == (Cause.CONTENT, (Fact("assignment", "y", "x"),))
    older = msgspec.structs.replace(HOME, machine={**MACHINE, "autograder": "0"})
    assert of(older, HERE, PASSED, WRONG).facts == (Fact("autograder", "0", "1"),)


def test_secret_inputs_explain_a_failure_that_they_decided() -> None:
    """A failure with the public inputs has another cause."""
    secret = outcome("a", Verdict.WRONG, seed="secret")
    assert of(HOME, HERE, PASSED, secret).cause is Cause.SECRET_INPUTS
    assert of(HOME, HERE, PASSED, WRONG).cause is Cause.UNKNOWN
    assert of(HERE, HERE, PASSED, secret).cause is Cause.UNKNOWN  # both had them


def test_a_check_that_waits_for_another_blames_it() -> None:
    """The cause is the needed check, where that differs itself, and not the machine."""
    there = [outcome("a", Verdict.PASSED), outcome("b", Verdict.PASSED, ("a",))]
    here = [outcome("a", Verdict.WRONG, seed="secret"), outcome("b", Verdict.SKIPPED, ("a",))]
    home = msgspec.structs.replace(HOME, outcomes=tuple(there))
    found = disagreements(home, msgspec.structs.replace(HERE, outcomes=tuple(here)))
    assert [d.cause for d in found] == [Cause.SECRET_INPUTS, Cause.NEEDS]
    assert [fact.name for fact in found[1].facts] == ["a"]


def test_inputs_that_came_out_different_name_the_versions() -> None:
    """Inputs are compared up to where both runs got: one may have stopped earlier."""
    one, two = fingerprint_of([1.0, 2.0]), fingerprint_of([1.0, 2.5])
    there = outcome("a", Verdict.PASSED, inputs=(one, one))
    home = msgspec.structs.replace(HOME, machine={**MACHINE, "numpy": "1.26", "cpus": "8"})
    other = outcome("a", Verdict.WRONG, inputs=(two,))
    found = of(home, HERE, there, other)
    assert (found.cause, found.facts) == (Cause.INPUTS, (Fact("numpy", "1.26", "2.1"),))
    fewer = outcome("a", Verdict.WRONG, inputs=(one,))
    assert of(home, HERE, there, fewer).cause is Cause.FACTS


@pytest.mark.parametrize(
    ("there", "here", "cause"),
    [
        (measured(2.4), measured(2.6), Cause.BUDGET),
        (measured(9.0, undecided=True), measured(8.0), Cause.BUDGET),
        (measured(1.0), measured(9.0), Cause.FACTS),
        ((), measured(2.6), Cause.BUDGET),
        ((), (), Cause.FACTS),
        (measured(float("nan")), measured(float("inf")), Cause.FACTS),
    ],
)
def test_a_budget_is_the_cause_near_it(
    there: tuple[Measurement, ...], here: tuple[Measurement, ...], cause: Cause
) -> None:
    """It is within a quarter of the value, on either side, or the value was too noisy."""
    home = msgspec.structs.replace(HOME, machine={**MACHINE, "cpus": "8"})
    found = of(
        home,
        HERE,
        outcome("a", Verdict.PASSED, measurements=there),
        outcome("a", Verdict.OVER_TIME_BUDGET, measurements=here),
    )
    assert found.cause is cause


def test_a_budget_tells_both_values() -> None:
    """The budget is named too, and which of the values was too noisy."""
    found = of(
        HOME,
        HERE,
        outcome("a", Verdict.PASSED, measurements=measured(2.41, undecided=True)),
        outcome("a", Verdict.OVER_TIME_BUDGET, measurements=measured(2.62)),
    )
    assert found.facts == (
        Fact("step time, budget 2.5 x yardstick", "2.41 (too noisy to tell)", "2.62"),
    )


def test_facts_come_in_the_order_in_which_they_matter() -> None:
    """Threads and CPUs come before versions, the isolation is last; equal facts are left out."""
    machine = {**MACHINE, "system": "L", "processor": "P"}
    other = {"threads": "8", "cpus": "8", "numpy": "1.26", "system": "M", "processor": "P"}
    home = msgspec.structs.replace(HOME, machine={**machine, **other}, isolation={"seccomp": "no"})
    here = msgspec.structs.replace(HERE, machine=machine)
    names = [fact.name for fact in of(home, here, PASSED, WRONG).facts]
    assert names == ["threads", "cpus", "numpy", "system", "isolation, seccomp"]
    assert [fact.name for fact in changed_versions(home, here)] == ["numpy"]
    assert "numpy" not in [fact.name for fact in changed_facts(home, here)]


def test_a_fault_of_the_grader_is_no_fault_of_the_machine() -> None:
    """It is the cause on either side."""
    broken = outcome("a", Verdict.GRADER_ERROR)
    assert of(HOME, HERE, broken, PASSED).cause is Cause.GRADER
    assert of(HOME, HERE, PASSED, broken).cause is Cause.GRADER


def test_a_check_on_one_side_and_other_points_are_differences() -> None:
    """A replay reports an added check, a removed one, and one that is worth more now."""
    alone = disagreements(HOME, msgspec.structs.replace(HOME, outcomes=(PASSED,)))
    assert [(d.there, d.here, d.cause) for d in alone] == [(None, PASSED, Cause.ONE_SIDE)]
    gone = disagreements(msgspec.structs.replace(HOME, outcomes=(PASSED,)), HOME)
    assert [(d.check.id, d.here) for d in gone] == [("a", None)]
    more = outcome("a", Verdict.PASSED, score=3.0)
    assert of(HOME, HOME, PASSED, more).here == more


def test_forged_fingerprints_are_only_different() -> None:
    """A fingerprint of another size, or without numbers, raises nothing."""
    forged = (Fingerprint("x", float("nan"), (float("inf"),) * 9),)
    there = outcome("a", Verdict.PASSED, inputs=forged)
    here = outcome("a", Verdict.WRONG, inputs=(Fingerprint("x", 1.0, (1.0,)),))
    assert of(HOME, HERE, there, here).cause is Cause.INPUTS


def test_a_library_that_is_not_there_comes_before_the_machines() -> None:
    """Two machines always differ in something; the import says what decided."""
    message = Message("importing the file raised ModuleNotFoundError: No module named 'pandas'")
    home = msgspec.structs.replace(HOME, machine={**MACHINE, "python": "3.10"})
    crashed = outcome("a", Verdict.CRASHED, message=message)
    assert of(home, HERE, PASSED, crashed).cause is Cause.LIBRARY
