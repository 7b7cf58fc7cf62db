"""What a check says of itself: title, Why, Oracle and the requirements it names."""

from pathlib import Path

import pytest

from autograder.grading.declaring.declare import declared_checks, read_docstring
from autograder.tests.release.small import mean_of, small_course


@pytest.mark.parametrize(
    ("docstring", "texts"),
    [
        ("It holds.", ("It holds.", "", "")),
        ("It\n   holds.\n\nMore.", ("It holds.", "", "")),
        ("It holds.\n\nWhy: A.\nOracle: B.\n", ("It holds.", "A.", "B.")),
        ("It holds.\n\nOracle: B\n  b.\nWhy: A\na.", ("It holds.", "A a.", "B b.")),
        ("It holds.\nWhy: A.\nOracle: B.", ("It holds.", "A.", "B.")),
        ("It holds.\n\nWhy: A.\n\nMore.\n\nOracle: B.", ("It holds.", "A.", "B.")),
        ("It holds.\n\nWhy:\n  A.", ("It holds.", "A.", "")),
        ("It holds.\n\nReason Why: no.", ("It holds.", "", "")),
    ],
)
def test_a_docstring_has_a_title_and_labelled_texts(
    docstring: str, texts: tuple[str, str, str]
) -> None:
    """Each goes on to the next label or empty line; the title never holds a label."""
    assert tuple(read_docstring(docstring)) == texts


def test_declarations_carry_them(tmp_path: Path) -> None:
    """Read from the source; one requirement may be a text, several are a tuple."""
    first, second, hidden = declared_checks(mean_of(small_course(tmp_path)), hidden=True)
    assert (first.why, first.oracle) == ("A first example shows what is meant.", "By hand.")
    assert (first.requires, second.requires, hidden.requires) == (("R1a",),) * 3
    assert second.title == "The mean agrees with a loop | over the entries."
