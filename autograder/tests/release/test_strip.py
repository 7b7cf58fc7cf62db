"""autograder.release.strip: from reference to template."""

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from autograder.model.errors import ReleaseError
from autograder.release.strip import strip_solutions
from autograder.tests.release.small import REFERENCE, REPOSITORY


def strip(source: str) -> str:
    """The template of an indented source text."""
    return strip_solutions(textwrap.dedent(source), "work.py")


def test_a_region_in_a_function_becomes_a_stub() -> None:
    """The stub raises with the mark's text, at the mark's indentation; the docstring stays."""
    template = strip('''
        def f(x):
            """Double x."""
            if x:
                ### BEGIN SOLUTION part 1.2: the gradient
                y = 2 * x
                return y
                ### END SOLUTION
            return 0
    ''')
    assert template == textwrap.dedent('''
        def f(x):
            """Double x."""
            if x:
                raise NotImplementedError("part 1.2: the gradient")
            return 0
    ''')


def test_a_region_without_text_leaves_nothing() -> None:
    """Helpers at module level disappear, with the blank lines that only they needed."""
    template = strip_solutions(REFERENCE, "mean.py")
    assert template == textwrap.dedent('''\
        """Means."""

        import math

        import numpy as np


        def mean(x: np.ndarray) -> float:
            """Compute the mean of x."""
            raise NotImplementedError("part 1.1: the mean")
    ''')


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("### BEGIN SOLUTION\nx = 1", r"work\.py, line 1: this region has no END"),
        ("x = 1\n### END SOLUTION", r"work\.py, line 2: END SOLUTION without"),
        (
            "### BEGIN SOLUTION\nx = 1\n### BEGIN SOLUTION\ny = 1\n### END SOLUTION",
            r"work\.py, line 3: the region of line 1 is still open",
        ),
        ("### BEGIN SOLUTION part 1\nx = 1\n### END SOLUTION", r"line 1: outside functions"),
        ("### BEGIN SOLUTION\n# only words\n### END SOLUTION", r"line 1: there is no code"),
        ("### BEGIN SOLUTION\nx = 1\n## END SOLUTION", r"line 3: write `### BEGIN"),
        ("x = 1  ### BEGIN SOLUTION", r"line 1: write `### BEGIN"),
        ("#begin  solution\nx = 1", r"line 1: write `### BEGIN"),
        (
            "def f():\n    ### BEGIN SOLUTION no END SOLUTION\n    return 1\n    ### END SOLUTION",
            r"work\.py: a mark is left in the template",
        ),
        ("def f(:", r"work\.py is not Python"),
        (
            "def f():\n    ### BEGIN SOLUTION\n    return 1\n    ### END SOLUTION",
            r"work\.py without its solution regions is not Python",
        ),
        (
            'def f():\n    ### BEGIN SOLUTION say "hi"\n    return 1\n    ### END SOLUTION',
            r"line 2: the stub's text",
        ),
    ],
)
def test_marks_that_do_not_fit_are_refused(body: str, message: str) -> None:
    """The error names the file and the line, and nothing is given out."""
    with pytest.raises(ReleaseError, match=message):
        strip_solutions(body, "work.py")


def test_windows_line_ends_make_no_difference() -> None:
    """From a checkout with CRLF the same template is made."""
    crlf = REFERENCE.replace("\n", "\r\n")
    assert strip_solutions(crlf, "mean.py") == strip_solutions(REFERENCE, "mean.py")


GAPS = '''\
"""Gaps."""

import math

### BEGIN SOLUTION
LIMIT = 3
### END SOLUTION


class Counter:
    """Counts."""

    start = 0

    ### BEGIN SOLUTION
    def _secret(self) -> int:
        return LIMIT

    ### END SOLUTION

    def count(self) -> float:
        """Count on."""
        if self.start:
            ### BEGIN SOLUTION
            self.start += 1
            ### END SOLUTION

            return 1.0
        value = 2.0

        ### BEGIN SOLUTION
        value *= 2
        ### END SOLUTION

        return math.sqrt(value)

    def long(self) -> float:
        """Say a lot."""
        ### BEGIN SOLUTION part 1.2: LONG
        return 1.0
        ### END SOLUTION


### BEGIN SOLUTION
def last() -> None:
    print(LIMIT)


### END SOLUTION
'''.replace("LONG", "a text whose stub does not fit on one line, " * 2 + "as ruff sees it")


@pytest.mark.parametrize("source", [REFERENCE, GAPS])
def test_templates_are_as_ruff_formats_them(source: str, tmp_path: Path) -> None:
    """Where the reference is formatted, so is what is left of it."""
    template = tmp_path / "work.py"
    template.write_text(strip_solutions(source, "work.py"))
    ruff = [sys.executable, "-m", "ruff", "format", "--diff", "--config"]
    settings = str(REPOSITORY / "pyproject.toml")
    done = subprocess.run([*ruff, settings, str(template)], capture_output=True, text=True)
    assert done.stdout == "" and done.returncode == 0
