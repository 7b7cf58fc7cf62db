"""What a fix of the grader changed: which changes are put down to it, and which are not."""

import json
from pathlib import Path

import msgspec
import pytest

from autograder.classroom.regrades.causes import Why
from autograder.classroom.regrades.comparing import CheckChange, Regraded
from autograder.classroom.regrades.comparison import Comparison
from autograder.classroom.regrades.sides import read_side
from autograder.classroom.regrades.words import fact_lines, summary_lines
from autograder.model.errors import UsageError
from autograder.model.outcome import Outcome
from autograder.model.verdict import Verdict
from autograder.tests.classroom.made_up import TIMED, hidden_loss, loss, timed
from autograder.tests.classroom.regraded import (
    AFTER,
    BEFORE,
    a_fix,
    compared,
    graded_into,
    new_report,
    old_report,
    results_json,
    without_outcome,
)

PASSED, WRONG = loss(Verdict.PASSED), loss(Verdict.WRONG)


@pytest.fixture(scope="module")
def fix(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    """The comparison of the class before and after the fix."""
    return a_fix(tmp_path_factory.mktemp("fix"))


def only_change(folder: Path, before: Outcome, now: Outcome) -> CheckChange:
    """What is said of one check with these outcomes."""
    old = graded_into(folder / "old", {"1": old_report(before)})
    new = graded_into(folder / "new", {"1": new_report(now)})
    (regraded,) = compared(old, new).regraded
    (change,) = regraded.changes
    return change


def by_id(comparison: Comparison) -> dict[str, Regraded]:
    """The submissions by their ids."""
    return {each.id: each for each in comparison.regraded}


def test_each_change_has_its_reason(fix: Comparison) -> None:
    """The fix, noise near a time budget, an error of ours, other files; no change, none."""
    found = {id_: [change.why for change in each.changes] for id_, each in by_id(fix).items()}
    assert found == {
        "gains": [Why.GRADER],
        "loses": [Why.GRADER],
        "same": [],
        "noisy": [Why.NOISE],
        "slower": [Why.GRADER],
        "undecided": [Why.ERROR],
        "again": [Why.FILES],
    }


def test_points_are_those_of_each_student(fix: Comparison) -> None:
    """Before, now and the difference; not decided is no zero."""
    found = {id_: (each.before, each.now, each.points) for id_, each in by_id(fix).items()}
    assert found["gains"] == (4.0, 10.0, 6.0)
    assert found["slower"] == (10.0, 6.0, -4.0)
    assert found["undecided"] == (None, 10.0, None)
    assert [each.id for each in fix.changed] == [id_ for id_ in found if id_ != "same"]


def test_a_check_counts_what_the_grader_changed(fix: Comparison) -> None:
    """Noise stands apart and adds no points; grader errors and other files are not counted."""
    rows = fix.by_check
    loss_row, timed_row = rows[PASSED.check.id], rows[TIMED.id]
    assert (loss_row.better, loss_row.worse, loss_row.points, loss_row.noise) == (1, 1, 0.0, 0)
    assert (loss_row.passed_before, loss_row.passed_now) == (4, 6)
    assert (timed_row.better, timed_row.worse, timed_row.points, timed_row.noise) == (0, 1, -4.0, 1)


def test_the_summary_has_a_sentence_for_each_reason(fix: Comparison) -> None:
    """With the number of checks, of submissions, and the points gained and lost."""
    assert summary_lines(fix) == [
        "7 submissions graded twice, 6 with another result",
        "changed by the grader: 3 checks of 3 submissions, +6 and -10 points",
        "noise of time budgets near their limit, not counted as a change of the grader:"
        " 1 check of 1 submission, 0 and -4 points",
        "grader error on one side, so nothing is known: 1 check of 1 submission",
        "other files were graded: 1 check of 1 submission, +6 and 0 points",
    ]


def test_what_is_on_one_side_only_is_said(fix: Comparison) -> None:
    """Submissions that are not compared, and those without a grading."""
    only, without = fix.notices
    assert only.startswith("only in ") and only.endswith("old, and not compared: gone")
    assert "without a grading in " in without and without.endswith(
        "new: set aside: it has no results"
    )


def test_what_graded_is_named(fix: Comparison) -> None:
    """The hash of the grader before and now, once for the class."""
    assert fact_lines(fix) == ["grader: g1 before, g2 now"]


@pytest.mark.parametrize(
    ("before", "now", "why"),
    [
        (timed(2.5), timed(3.6), Why.NOISE),
        (timed(3.7), timed(2.41), Why.NOISE),
        (timed(9, undecided=True), timed(3.2), Why.NOISE),
        (timed(2.3), timed(3.2), Why.GRADER),  # it was not near before
        (timed(2.9), timed(3.8), Why.GRADER),  # it is not near now
        (timed(2.9), timed(2.9, budget=2.8), Why.GRADER),  # the fix lowered the budget
        (PASSED, WRONG, Why.GRADER),
    ],
)
def test_noise_is_near_the_same_budget_on_both_sides(
    tmp_path: Path, before: Outcome, now: Outcome, why: Why
) -> None:
    """Within a quarter of it, or too noisy to tell; everything else is the grader's doing."""
    change = only_change(tmp_path, before, now)
    assert change.why is why
    assert bool(change.detail) == (why is Why.NOISE)


def test_a_counted_budget_has_no_noise(tmp_path: Path) -> None:
    """Bytes come out the same each time, so a flip just above the budget is a change."""
    before, now = (
        msgspec.structs.replace(
            timed(value),
            verdict=verdict,
            measurements=(
                msgspec.structs.replace(timed(value).measurements[0], kind="memory", unit="bytes"),
            ),
        )
        for value, verdict in ((2.9, Verdict.PASSED), (3.1, Verdict.OVER_MEMORY_BUDGET))
    )
    assert only_change(tmp_path, before, now).why is Why.GRADER


def test_noise_says_what_was_measured(tmp_path: Path) -> None:
    """Both values and the budget."""
    change = only_change(tmp_path, timed(2.9), timed(3.2))
    assert change.detail == "one epoch time: 2.9 before, 3.2 now, budget 3 x yardstick"


def test_the_same_grader_is_not_blamed(tmp_path: Path) -> None:
    """Where all hashes are the same, a change has no known reason."""
    old = graded_into(tmp_path / "old", {"1": old_report(PASSED)})
    new = graded_into(tmp_path / "new", {"1": old_report(WRONG)})
    (each,) = compared(old, new).regraded
    assert [change.why for change in each.changes] == [Why.UNKNOWN]


def test_another_secret_is_refused_with_both_hashes(tmp_path: Path) -> None:
    """No change could be put down to the grader."""
    other = {**AFTER, "course secret": "0badc0de"}
    old = graded_into(tmp_path / "old", {"1": old_report(PASSED)})
    new = graded_into(tmp_path / "new", {"1": new_report(WRONG, content=other)})
    with pytest.raises(UsageError, match=r"old has the one whose hash is 5ec4e700.*0badc0de"):
        compared(old, new)


def test_an_unknown_secret_is_said(tmp_path: Path) -> None:
    """A grading that kept no hash of it may have had other inputs."""
    unknown = {name: text for name, text in BEFORE.items() if name != "course secret"}
    old = graded_into(tmp_path / "old", {"1": old_report(PASSED, content=unknown)})
    new = graded_into(tmp_path / "new", {"1": new_report(PASSED)})
    assert "does not say which course secret it used" in compared(old, new).notices[0]


def test_other_assignments_are_refused(tmp_path: Path) -> None:
    """Both are named."""
    old = graded_into(tmp_path / "old", {"1": old_report(PASSED, assignment="momentum")})
    new = graded_into(tmp_path / "new", {"1": new_report(PASSED)})
    with pytest.raises(UsageError, match=r"old is of momentum, .*new of sgd"):
        compared(old, new)


def test_nothing_in_common_is_refused(tmp_path: Path) -> None:
    """Two classes, or ids of two kinds."""
    reports = {"1": old_report(PASSED), "2": old_report(PASSED)}
    old = graded_into(tmp_path / "old", reports)
    new = graded_into(tmp_path / "new", {f"x{id_}": each for id_, each in reports.items()})
    with pytest.raises(UsageError, match=r"no submission of .*new is in .*old"):
        compared(old, new)


def test_a_folder_without_a_grading_is_refused(tmp_path: Path) -> None:
    """It says what can be named instead."""
    with pytest.raises(UsageError, match="holds no grading that can be read: it has no results"):
        read_side(graded_into(tmp_path, {"1": None}))
    (tmp_path / "notes.json").write_text("{}")
    with pytest.raises(UsageError, match=r"is not a report of this grader.*name a folder that"):
        read_side(tmp_path / "notes.json")


def test_a_part_of_the_checks_is_compared_with_the_same_part(tmp_path: Path) -> None:
    """After `grade --check` no other check is missing, and the totals are of that part."""
    old = graded_into(tmp_path / "old", {"1": old_report(WRONG, timed(1.0))})
    new = graded_into(tmp_path / "new", {"1": new_report(PASSED, partial=True)})
    comparison = compared(old, new)
    (each,) = comparison.regraded
    assert [change.key for change in each.changes] == [PASSED.check.id]
    assert (each.before, each.now) == (0.0, 6.0)
    assert "those of both sides are compared" in comparison.notices[-1]


def test_a_check_that_was_added_or_removed_is_a_change(tmp_path: Path) -> None:
    """With its points, and in words."""
    whole = old_report(PASSED, timed(1.0))
    part = without_outcome(new_report(PASSED, timed(1.0)), TIMED.id)
    old, new = (
        graded_into(tmp_path / name, {"1": each}) for name, each in (("old", whole), ("new", part))
    )
    (gone,) = compared(old, new).regraded[0].changes
    (added,) = compared(new, old).regraded[0].changes
    assert (gone.detail, gone.points) == ("there is no such check now", -4.0)
    assert (added.detail, added.points) == ("there was no such check", 4.0)


def test_two_files_are_compared_whatever_their_names(tmp_path: Path) -> None:
    """A results.json with a report of the same submission."""
    old = results_json(tmp_path / "results.json", old_report(WRONG, timed(1.0), hidden_loss("x")))
    new = graded_into(tmp_path / "new", {"7": new_report(PASSED, timed(1.0), hidden_loss("x"))})
    (each,) = compared(old, new / "staff" / "7" / "report.json").regraded
    assert [(c.title, c.why) for c in each.changes] == [("The loss is the mean", Why.GRADER)]
    assert (each.before, each.now) == (4.0, 10.0)


@pytest.mark.parametrize("missing", ["files", "content", "machine"])
def test_results_of_an_older_grader_are_compared(tmp_path: Path, missing: str) -> None:
    """Verdicts and points are enough."""
    old = results_json(tmp_path / "results.json", old_report(WRONG, timed(1.0)), **{missing: None})
    new = graded_into(tmp_path / "new", {"7": new_report(PASSED, timed(1.0))})
    (each,) = compared(old, new).regraded
    assert [(c.key, c.points) for c in each.changes] == [(PASSED.check.id, 6.0)]


def test_results_without_ids_are_compared_by_the_names_that_students_read(tmp_path: Path) -> None:
    """All that is known is whether a test passed."""
    path = results_json(tmp_path / "results.json", old_report(WRONG, timed(1.0)))
    results = json.loads(path.read_bytes())
    results["extra_data"] = None
    for test in results["tests"]:
        test["output"] = None
    path.write_text(json.dumps(results))
    new = graded_into(tmp_path / "new", {"7": new_report(PASSED, timed(1.0))})
    (each,) = compared(path, new).regraded
    (change,) = each.changes
    assert change.key == PASSED.check.id and change.before
    assert (change.before.word, change.before.verdict) == ("not passed", None)
    assert (each.before, each.now) == (4.0, 10.0)


def test_of_another_grader_only_totals_are_compared(tmp_path: Path) -> None:
    """Its tests have other names, which is said; its score counts."""
    path = tmp_path / "results.json"
    path.write_text(json.dumps({"score": 7.5, "tests": [{"name": "t", "score": 3}]}))
    new = graded_into(tmp_path / "new", {"7": new_report(PASSED)})
    comparison = compared(path, new)
    (each,) = comparison.changed
    assert (each.changes, each.before, each.now) == ((), 7.5, 6.0)
    assert "only totals are compared" in comparison.notices[-1]


def test_a_check_that_did_not_run_is_undecided(tmp_path: Path) -> None:
    """Where the container ran out of time, no check was added by the fix, and no score is final."""
    report = old_report(PASSED, timed(1.0))
    path = results_json(tmp_path / "results.json", report)
    results = json.loads(path.read_bytes())
    results["extra_data"]["verdicts"][TIMED.id] = ""
    path.write_text(json.dumps(results))
    new = graded_into(tmp_path / "new", {"7": new_report(PASSED, timed(1.0))})
    (each,) = compared(path, new).regraded
    assert [change.why for change in each.changes] == [Why.ERROR]
    assert (each.before, each.points) == (None, None)
