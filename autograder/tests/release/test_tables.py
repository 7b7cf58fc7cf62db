"""autograder.release.tables: what a handout says in numbers is generated."""

from pathlib import Path

import pytest

from autograder.model.errors import ReleaseError
from autograder.release.tables import fill_tables, stale_handout, write_tables
from autograder.tests.release.small import mean_of, small_course

FILLED = """\
# Means

<!-- generated: parts -->

| part | what | points | hours |
|---|---|--:|--:|
| 1.1 | The mean | 3 | 1.5 |
| 1.2 | The mean \\| of squares (optional) | 2 | 0.5 |
|  | all but the optional | 3 | 1.5 |
|  | optional: extra credit | 2 | 0.5 |

<!-- end -->

Text by hand.

- **R1a** The result is the mean, right to rounding.

<!-- generated: budgets -->

| budget | of | at most |
|---|---|---|
| `mean_steps` | operations | `50` interpreter steps |
| `mean_memory` | memory | `8*n + 64*KiB` bytes |

<!-- end -->
<!-- generated: checks -->

| part | visible check | requirements | points |
|---|---|---|--:|
| 1.1 | The mean of 1 and 2 is 1.5. | R1a | 1 |
| 1.1 | The mean agrees with a loop \\| over the entries. | R1a | 2 |

<!-- end -->
"""


def test_tables_come_from_the_assignment(tmp_path: Path) -> None:
    """Between the marks stand parts, budgets and visible checks; all else is left alone."""
    assignment = mean_of(small_course(tmp_path))
    assert stale_handout(assignment)
    assert write_tables(assignment)
    assert (assignment.folder / "handout.md").read_text() == FILLED


def test_written_tables_are_fresh(tmp_path: Path) -> None:
    """Writing twice changes nothing; a changed number makes the handout stale."""
    root = small_course(tmp_path)
    write_tables(mean_of(root))
    assert not stale_handout(mean_of(root)) and not write_tables(mean_of(root))
    toml = root / "assignments" / "mean" / "assignment.toml"
    toml.write_text(toml.read_text().replace("hours = 1.5", "hours = 2.5"))
    assert stale_handout(mean_of(root))


def test_a_time_budget_names_its_yardstick(tmp_path: Path) -> None:
    """Students read what the unit of a time budget is."""
    root = small_course(tmp_path)
    toml = root / "assignments" / "mean" / "assignment.toml"
    more = '\n[budgets.t]\ntime = 2.5\nyardstick = "y"\n\n[yardsticks.y]\ninterpreter_steps = 9\n'
    toml.write_text(toml.read_text() + more)
    write_tables(mean_of(root))
    handout = (root / "assignments" / "mean" / "handout.md").read_text()
    assert "| `t` | time | 2.5 x the yardstick `y` |" in handout


def test_no_handout_is_not_stale(tmp_path: Path) -> None:
    """An assignment may be written from its checks on; the zip asks for the handout."""
    assignment = mean_of(small_course(tmp_path))
    (assignment.folder / "handout.md").unlink()
    assert not stale_handout(assignment) and not write_tables(assignment)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "<!-- generated: check -->\n<!-- end -->",
            "line 1: no table 'check'; did you mean 'checks",
        ),
        ("a\n<!-- generated: parts -->\nb", "line 2: this table has no <!-- end -->"),
        (
            "<!-- generated: parts -->\n<!-- generated: checks -->\n<!-- end -->",
            "line 2: the table of line 1 has no <!-- end -->",
        ),
    ],
)
def test_broken_marks_are_refused(tmp_path: Path, text: str, message: str) -> None:
    """The error names the handout's line, rather than swallowing the text below it."""
    with pytest.raises(ReleaseError, match=f"assignments/mean/handout.md, {message}"):
        fill_tables(text, mean_of(small_course(tmp_path)))
