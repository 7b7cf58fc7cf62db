"""Requirements of a handout: how they are written and read."""

from pathlib import Path

import pytest

from autograder.model.requirements import Requirement, handout_of, requirements_of, stated_in
from autograder.tests.release.small import mean_of, small_course


@pytest.mark.parametrize(
    ("handout", "stated"),
    [
        ("- **R1a** One thing.", [("R1a", "One thing.", 1)]),
        ("Text\n* **R1.2b** Two\n  lines.\nText", [("R1.2b", "Two lines.", 2)]),
        ("- **R1a** One.\n- **R1b** Two.", [("R1a", "One.", 1), ("R1b", "Two.", 2)]),
        ("  - **R1a** One\n    more.\n  text", [("R1a", "One more.", 1)]),
        ("- **R1a** One.\n\n  Another paragraph.", [("R1a", "One.", 1)]),
        ("- **R1a** One\n  - **R1b** within", [("R1a", "One", 1), ("R1b", "within", 2)]),
        ("| **R7A** | a figure | why \\| how |", [("R7A", "a figure; why | how", 1)]),
        ("- **R1a**", [("R1a", "", 1)]),
        ("- **R1a** One.\n- **R1a** Again.", [("R1a", "One.", 1), ("R1a", "Again.", 2)]),
    ],
)
def test_a_requirement_is_an_item_or_a_row(
    handout: str, stated: list[tuple[str, str, int]]
) -> None:
    """With its id, its text on one line and the line of the handout."""
    assert list(stated_in(handout)) == [Requirement(*fields) for fields in stated]


@pytest.mark.parametrize(
    "text",
    [
        "as **R1a** says",
        "- see **R1a**",
        "- **Range** of x",
        "**R1a** without an item",
        "| x | **R1a** |",
        "- **R 1a** x",
    ],
)
def test_a_mention_states_nothing(text: str) -> None:
    """Bold words, ids within a sentence and ids in other columns are no requirements."""
    assert list(stated_in(text)) == []


def test_the_handout_of_a_student_zip_is_found(tmp_path: Path) -> None:
    """There it lies at the top; without one nothing is required."""
    assignment = mean_of(small_course(tmp_path))
    handout = assignment.folder / "handout.md"
    assert handout_of(assignment) == handout
    handout.rename(assignment.folder.parent.parent / "handout.md")
    assert [requirement.id for requirement in requirements_of(assignment)] == ["R1a"]
    (assignment.folder.parent.parent / "handout.md").unlink()
    assert (handout_of(assignment), requirements_of(assignment)) == (None, [])
