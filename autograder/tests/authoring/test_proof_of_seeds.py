"""The proof of seeds: each must-fail program is caught with every seed."""

from pathlib import Path

import pytest

from autograder.authoring.proofs.kind import CHANGED, NEW, OTHERWISE, Setting
from autograder.authoring.proofs.kinds import seeds as seeds_module
from autograder.authoring.proofs.kinds.seeds import Seeds, failure_of
from autograder.authoring.proofs.prove import kinds_named, prove
from autograder.authoring.proofs.record import ProofLine, write_record
from autograder.grading.context.seeds import generator, public_seed
from autograder.grading.running.session import ignore
from autograder.model.check import CheckDeclaration
from autograder.model.outcome import Outcome, SeedResult
from autograder.model.verdict import Verdict
from autograder.tests.authoring.course import replace, tiny_of

WRONG, LOOP = "wrong/divided_by_three", "over_operation_budget/loop"
CHECK = "check_mean_square_agrees_with_a_loop"
FILE = f"reference/tiny/submissions/{WRONG}.py"
TRIED = 6  # seeds


@pytest.fixture(autouse=True)
def fewer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fewer seeds: the rule is the same."""
    monkeypatch.setattr(seeds_module, "SEEDS", TRIED)


def kind_of(course: Path) -> Seeds:
    """The proof of the course as it is now."""
    return Seeds(Setting(tiny_of(course), course))


def proved(course: Path) -> list[str]:
    """What the proof finds, after it has graded what is due."""
    return prove(Setting(tiny_of(course), course, 2), kinds_named(["seeds"]), False, ignore)


def first_number(seed: int) -> float:
    """The first that the check draws with this seed."""
    return float(generator(public_seed(CHECK, seed)).standard_normal(57)[0])


def missed_with_one_seed(course: Path) -> int:
    """Change the wrong program so that it is right with one seed; returns which."""
    numbers = [first_number(seed) for seed in range(TRIED)]
    largest = max(numbers)
    replace(course / FILE, "/ 3", f"/ (57 if x[0] == {largest!r} else 3)")
    return numbers.index(largest)


def test_what_is_caught_with_every_seed_is_not_due_again(course: Path) -> None:
    """Both programs of the scaffold are, and a second run grades nothing."""
    assert kind_of(course).due() == {WRONG: NEW, LOOP: NEW}
    assert proved(course) == []
    assert kind_of(course).due() == {}


def test_a_program_that_one_seed_lets_pass_is_a_finding(course: Path) -> None:
    """The seed is named, the program stays due, and the record says so to `verify`."""
    seed = missed_with_one_seed(course)
    expected = f"{WRONG}: {CHECK} with 1 of {TRIED} seeds ({seed}): PASSED"
    assert proved(course) == [f"seeds: {expected}"]
    assert kind_of(course).due() == {WRONG: OTHERWISE}
    assert list(kind_of(course).findings()) == [expected]


def test_what_passes_at_home_must_be_caught_with_all_other_seeds(course: Path) -> None:
    """Seed 0 is the one at home: it is not tried where the docstring says why it lets it pass."""
    replace(course / FILE, "/ 3", f"/ (57 if x[0] == {first_number(0)!r} else 3)")
    (missed,) = proved(course)
    assert "(0): PASSED" in missed
    replace(course / FILE, "message:", "passes at home: it knows the inputs\nmessage:")
    assert kind_of(course).due() == {WRONG: CHANGED}
    assert proved(course) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (FILE, "/ 3", "/ 4", {WRONG}),
        (FILE, "The sum", "A sum", set()),
        ("assignments/tiny/checks/check_1_mean_square.py", "normal(57)", "normal(58)", {WRONG}),
        ("reference/tiny/checks/check_1_mean_square.py", "(1, 2, 1000)", "(1, 2, 900)", set()),
        ("reference/tiny/oracles.py", "math.fsum", "sum", {WRONG}),
        ("reference/tiny/tiny.py", "float(x @ x)", "float(np.dot(x, x))", {WRONG, LOOP}),
    ],
)
def test_what_a_change_could_alter_is_due(
    course: Path, file: str, old: str, new: str, expected: set[str]
) -> None:
    """The program, the checks that it names, and the oracles that these ask."""
    lines = {unit.id: ProofLine(unit=unit.id, code=unit.code) for unit in kind_of(course).units()}
    write_record(tiny_of(course), "seeds", lines)
    replace(course / file, old, new)
    assert kind_of(course).due().keys() == expected


def outcome(verdict: Verdict, *results: SeedResult, staff: str = "") -> Outcome:
    """Of a check."""
    check = CheckDeclaration(
        id="check_a", title="A", visible=True, part="1.1", points=1, file="check_1.py"
    )
    return Outcome(check=check, verdict=verdict, seeds=results, staff=staff)


def test_a_failure_says_how_often_and_what() -> None:
    """Of the first seed with another verdict; an error of ours with its cause, and an import that
    fails before any seed counts by its verdict."""
    caught, passed = SeedResult(0, Verdict.WRONG, "off"), SeedResult(1, Verdict.PASSED)
    crashed = SeedResult(2, Verdict.CRASHED, "f() raised")
    found = outcome(Verdict.WRONG, caught, passed, crashed)
    assert failure_of(found, Verdict.WRONG) == "check_a with 2 of 3 seeds (1, 2): PASSED"
    assert failure_of(outcome(Verdict.WRONG, caught), Verdict.WRONG) == ""
    written = SeedResult(0, Verdict.WRONG, "an array that f() is given is changed in place")
    assert failure_of(outcome(Verdict.WRONG, written), Verdict.CRASHED) == ""
    said = "f() raised ValueError / hint: the inputs are read-only: work on a copy"
    refused = SeedResult(0, Verdict.CRASHED, said)
    assert failure_of(outcome(Verdict.CRASHED, refused), Verdict.WRONG) == ""
    broken = outcome(Verdict.GRADER_ERROR, SeedResult(0, Verdict.GRADER_ERROR), staff="KeyError")
    assert failure_of(broken, Verdict.WRONG).endswith("(0): GRADER_ERROR: KeyError")
    assert failure_of(outcome(Verdict.CRASHED), Verdict.CRASHED) == ""
    assert "CRASHED: before any run" in failure_of(outcome(Verdict.CRASHED), Verdict.WRONG)


def test_a_sample_tries_further_seeds(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of one program in 25, by the order of names: what they let pass is found."""
    replace(course / FILE, "/ 3", f"/ (57 if x[0] == {first_number(TRIED + 1)!r} else 3)")
    assert list(kind_of(course).sample()) == []  # of the first program, a loop
    monkeypatch.setattr(seeds_module, "_SAMPLE", 1)
    assert list(kind_of(course).sample()) == [
        f"{WRONG}: {CHECK} with 1 of 3 seeds ({TRIED + 1}): PASSED"
    ]
