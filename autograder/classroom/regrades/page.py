"""A comparison of two gradings as one HTML file, for staff; `regrade-diff` writes it."""

from pathlib import Path

from autograder.classroom.regrades import words
from autograder.classroom.regrades.comparison import Comparison
from autograder.machine.files import write_atomically
from autograder.render.disclosure import one_line
from autograder.render.html.frame import framed

_PACKAGE = "autograder.classroom.regrades"


def write_page(path: Path, comparison: Comparison) -> None:
    """Write the page; the same comparison makes the same page."""
    write_atomically(path, comparison_page(comparison).encode(), mode=0o600)


def comparison_page(comparison: Comparison) -> str:
    """What changed by check and by student, and what is not put down to the grader."""
    values = {
        "comparison": comparison,
        "words": words,
        "one_line": one_line,
        "sides": [one_line(str(path)) for path in (comparison.old, comparison.new)],
    }
    return framed("regrade.html.j2", values, packages=[_PACKAGE])
