"""The explanation of a check, as data."""

from pathlib import Path

from autograder.grading.declaring.explanation import explanations
from autograder.tests.release.small import mean_of, small_course


def test_an_explanation_has_everything_that_is_known(tmp_path: Path) -> None:
    """It comes from the docstring, the decorator, the source, the handout and known mistakes."""
    assignment = mean_of(small_course(tmp_path))
    name = "check_mean_agrees_with_a_loop"
    told = explanations(assignment, hidden=False, mistakes={name: ["the sum is not divided"]})
    assert told[name].place == f"{name}: mean, part 1.1, 2 points, visible"
    assert [(passage.label, *passage.texts) for passage in told[name].passages] == [
        ("why", "Random numbers show what one example does not."),
        ("judged by", "One entry after another."),
        ("allowed", "the mean: off by at most 1e-10 of its size (7 terms)"),
        ("requirements", "R1a: The result is the mean, right to rounding."),
        ("needs", "check_mean_of_two"),
        ("recognised mistakes", "the sum is not divided"),
    ]


def test_hidden_checks_are_for_staff(tmp_path: Path) -> None:
    """They are left out unless asked for, and then say that they are hidden."""
    assignment = mean_of(small_course(tmp_path))
    assert len(explanations(assignment, hidden=False)) == 2
    name = "check_mean_of_many_entries"
    told = explanations(assignment, hidden=True)[name]
    assert told.place == f"{name}: mean, part 1.2, 2 points, extra credit, hidden"
    assert told.passages[-1].texts == ("the title, the verdict and the hint",)


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    """A check without Why and Oracle, about a requirement that the handout does not state."""
    root = small_course(tmp_path)
    checks = root / "assignments" / "mean" / "checks" / "check_1.py"
    text = checks.read_text().replace("    Why: A first", "    A first").replace('"R1a")', '"R9")')
    checks.write_text(text)
    told = explanations(mean_of(root), hidden=False)["check_mean_of_two"]
    assert [(passage.label, *passage.texts) for passage in told.passages][:4] == [
        ("why", "not written yet"),
        ("judged by", "By hand."),
        ("allowed", "the mean: exactly (exact)"),
        ("requirements", "R9: not in the handout"),
    ]
