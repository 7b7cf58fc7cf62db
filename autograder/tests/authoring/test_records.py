"""mutation.toml, repeats.toml and survivors.md: written, read back, stale, explained."""

from collections import Counter
from pathlib import Path

import msgspec
import pytest

from autograder.authoring.proofs.mutation import Fate
from autograder.authoring.proofs.mutation_record import Mutation, Survivor, Tally, mutation_of
from autograder.authoring.proofs.repeats import (
    Repeats,
    repeats_of,
    results_of,
    time_share,
    unusual_reports,
)
from autograder.grading.provenance.sources import graded_code
from autograder.model.assignment import Assignment
from autograder.model.check import CheckDeclaration
from autograder.model.errors import ConfigError
from autograder.model.outcome import Measurement, Message, Outcome
from autograder.model.report import Report
from autograder.model.verdict import Verdict
from autograder.tests.authoring.course import replace, tiny_of
from autograder.tests.authoring.records import (
    FAILED,
    PASSED,
    explain,
    record_mutants,
    record_repeats,
    result,
)

CHECKS = "assignments/tiny/checks/check_1_mean_square.py"
MEANT = [  # what is graded is another thing now
    ("reference/tiny/tiny.py", "float(x @ x)", "float(x @ x + 0)"),
    ("reference/tiny/oracles.py", "return", "return 1 *"),
    (CHECKS, "terms=57", "terms=58"),
    (CHECKS, 'needs="check_mean_square_of_three_numbers"', "needs=()"),
    ("assignments/tiny/assignment.toml", 'operations = "', 'operations = "1 + '),
]
ONLY_WORDED = [  # it only reads otherwise
    ("reference/tiny/tiny.py", "Compute the mean", "The mean"),
    ("reference/tiny/tiny.py", "    return", "    # as fast as can be\n    return"),
    (CHECKS, "the sum of the squares", "a sum"),
    (CHECKS, "as in the handout", "like the handout's"),
    (CHECKS, 'hint="handout, section 1"', 'hint="section 1"'),
    (CHECKS, "points=3", "points=4"),
]


@pytest.fixture
def tiny(course: Path) -> Assignment:
    """The scaffolded assignment."""
    return tiny_of(course)


@pytest.mark.parametrize(("name", "old", "new"), MEANT, ids=lambda text: text[:20])
def test_records_are_stale_when_what_is_graded_changes(
    course: Path, name: str, old: str, new: str
) -> None:
    """Both problems name the command that renews the record."""
    record_mutants(tiny_of(course), 1, 0)
    record_repeats(tiny_of(course), 1)
    replace(course / name, old, new)
    (mutation,) = Mutation.problems(tiny_of(course))
    (repeats,) = Repeats.problems(tiny_of(course))
    assert "run `python ci/mutation.py tiny --record`" in mutation
    assert "run `python ci/repeat_gradings.py tiny --record`" in repeats


@pytest.mark.parametrize(("name", "old", "new"), ONLY_WORDED, ids=lambda text: text[:20])
def test_records_stay_true_when_only_the_wording_changes(
    course: Path, name: str, old: str, new: str
) -> None:
    """Comments, docstrings, reasons, hints and points are not part of what was measured."""
    record_mutants(tiny_of(course), 1, 0)
    record_repeats(tiny_of(course), 1)
    replace(course / name, old, new)
    assert [*Mutation.problems(tiny_of(course)), *Repeats.problems(tiny_of(course))] == []


def test_other_operators_make_a_record_of_mutants_stale(tiny: Assignment, tmp_path: Path) -> None:
    """The code that makes the mutants is part of their fingerprint."""
    maker = tmp_path / "maker.py"
    maker.write_text("A = 1\n")
    before = graded_code(tiny, beside=[maker])
    maker.write_text('"""Another docstring."""\nA = 1\n')
    assert graded_code(tiny, beside=[maker]) == before != graded_code(tiny)
    maker.write_text("A = 2\n")
    assert graded_code(tiny, beside=[maker]) != before


def test_where_nothing_is_recorded_nothing_is_stale(tiny: Assignment) -> None:
    """A new assignment has no records."""
    for kind in (Mutation, Repeats):
        assert list(kind.problems(tiny, required=False)) == []
    assert Mutation.read(tiny) is None
    assert Repeats.read(tiny) is None


def test_mutants_are_counted_by_operator(tiny: Assignment) -> None:
    """Broken ones are made and not killed, and do not survive; the file reads back the same."""
    fates = {1: Fate.KILLED, 2: Fate.SURVIVED, 3: Fate.BROKEN}
    results = [result(number, fate) for number, fate in fates.items()]
    results.append(result(4, Fate.KILLED, operator="bounds"))
    mutation = mutation_of(tiny, results, 61.7)
    assert mutation.operators == {"bounds": Tally(1, 1), "in place or not": Tally(3, 1)}
    assert (mutation.made, mutation.killed, mutation.seconds) == (4, 2, 62)
    assert [survivor.id for survivor in mutation.survivors] == ["f/in-place-or-not/000002"]
    assert mutation.verdicts == {"WRONG": 2}
    *_, total, verdicts = mutation.table()
    assert total.split() == ["all", "4", "2", "2"]
    assert verdicts == "killed by: WRONG 2"
    mutation.write(tiny)
    assert Mutation.read(tiny) == mutation


def test_a_record_that_does_not_fit_is_an_error(tiny: Assignment) -> None:
    """The error names the file and the key."""
    Mutation.path(tiny).write_text("finger = 1\n")
    with pytest.raises(ConfigError, match=r"mutation\.toml: unknown key 'finger'.*fingerprint"):
        Mutation.read(tiny)


def test_every_survivor_needs_a_reason(tiny: Assignment) -> None:
    """A missing file, line or paragraph above it is a finding with the mutant's id."""
    survivors = record_mutants(tiny, 0, 2)
    everything = [survivor.id for survivor in survivors]
    mutation = with_survivors(tiny, survivors)
    assert mutation.unexplained(tiny) == everything
    found = list(mutation.findings(tiny))
    assert found[1] == (
        "survivors.md does not explain a mutant that no check rejects: `f/in-place-or-not/000001`:"
        ' `x = "a"` becomes `x += "a"`'
    )
    explain(tiny, survivors)
    assert mutation.unexplained(tiny) == list(mutation.findings(tiny)) == []
    without_reason(tiny)
    assert mutation.unexplained(tiny) == everything
    assert list(mutation.findings(tiny)) == [
        f"survivors.md gives no reason above {name}" for name in everything
    ]


def with_survivors(tiny: Assignment, survivors: list[Survivor]) -> Mutation:
    """A record with these survivors."""
    return msgspec.structs.replace(mutation_of(tiny, [], 1.0), survivors=survivors)


def without_reason(tiny: Assignment) -> None:
    """Leave only the heading above the mutants."""
    assert tiny.private
    replace(tiny.private / "survivors.md", "They are equal.\n", "")


def test_a_reason_belongs_to_the_list_below_it(tiny: Assignment) -> None:
    """A list below another list or a heading needs a reason of its own."""
    one, two = record_mutants(tiny, 0, 2)
    assert tiny.private
    path = tiny.private / "survivors.md"
    for between in ("## Others", "Others\n\n# Then"):
        path.write_text(f"A reason.\n\n{one.row}\n\n{between}\n\n{two.row}\n")
        assert with_survivors(tiny, [one, two]).unexplained(tiny) == [two.id]
    path.write_text(f"A reason.\n\nIn two paragraphs.\n\n{one.row}\n{two.row}\n")
    assert with_survivors(tiny, [one, two]).unexplained(tiny) == []


def test_a_reason_for_what_is_no_survivor_is_found(tiny: Assignment) -> None:
    """The mutant is killed now, or its line has changed."""
    one, two = record_mutants(tiny, 0, 2)
    explain(tiny, [one, two])
    assert list(with_survivors(tiny, [one]).findings(tiny)) == [
        f"survivors.md explains what is no survivor: {two.row[2:]}"
    ]
    other = msgspec.structs.replace(two, after="x = 2")
    assert with_survivors(tiny, [one, other]).unexplained(tiny) == [two.id]


def test_gradings_that_tell_otherwise_are_flips(tiny: Assignment) -> None:
    """Reports unlike the usual one are flips; where the usual one fails a check, all are."""
    seen = Counter({PASSED: 5, FAILED: 2})
    found = repeats_of(tiny, seen, [0.25, 0.5123], neighbours=2, seconds=3.4)
    assert (found.gradings, found.kinds, found.flips, found.seconds) == (7, 2, 2, 3)
    assert found.time_share == 0.512
    assert list(unusual_reports(seen)) == [f"2 times otherwise: {[*FAILED]}"]
    assert repeats_of(tiny, Counter({FAILED: 3}), [0.0], 2, 1.0).flips == 3
    record_repeats(tiny, 7)
    again = Repeats.read(tiny)
    assert again and (again.gradings, again.neighbours, again.flips) == (7, 2, 0)


def test_what_is_told_leaves_measurements_out() -> None:
    """Verdict, points, message and note are compared; the share of a time budget is not."""
    check = CheckDeclaration(id="check_a", title="t", part="1.1", points=2.0)
    time = Measurement(name="t", kind="time", value=1.0, budget=4.0, unit="x yardstick")
    steps = Measurement(name="s", kind="operations", value=9.0, budget=10.0, unit="steps")
    outcome = Outcome(
        check=check,
        verdict=Verdict.WRONG,
        message=Message("off", detail="by 1"),
        note="n",
        measurements=(time, steps),
    )
    report = Report(assignment="tiny", title="t", parts=(), outcomes=(outcome,))
    assert results_of(report) == (("check_a", Verdict.WRONG, 0.0, ("off", "by 1"), "n"),)
    assert time_share(report) == 0.25
