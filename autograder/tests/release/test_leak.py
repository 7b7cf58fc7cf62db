"""autograder.release.leaks.leak: every kind of leak is planted, and found."""

import base64
import io
import json
import zipfile
from pathlib import Path

import msgspec
import pytest

from autograder.model.errors import ReleaseError
from autograder.release.archive import tree
from autograder.release.leaks.leak import find_leaks
from autograder.release.leaks.lines import is_distinctive
from autograder.release.strip import strip_solutions
from autograder.tests.release.small import (
    HIDDEN,
    MUST_FAIL,
    ORACLES,
    PRIVATE_ROWS,
    REFERENCE,
    SECRET,
    mean_of,
    small_course,
)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small course."""
    return small_course(tmp_path_factory.mktemp("course"))


def leaks(root: Path, files: dict[str, bytes]) -> list[str]:
    """What the check finds in these files."""
    return find_leaks(files, mean_of(root), root, SECRET)


def zipped(name: str, data: bytes) -> bytes:
    """A zip with one file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return buffer.getvalue()


def test_what_students_should_get_holds_no_leak(root: Path) -> None:
    """Template, checks and handout pass, although hidden checks share lines with visible ones."""
    files = dict(tree(mean_of(root).folder, "assignments/mean"))
    files["mean.py"] = strip_solutions(REFERENCE, "mean.py").encode()
    assert leaks(root, files) == []


@pytest.mark.parametrize("row", PRIVATE_ROWS)
@pytest.mark.parametrize(
    "write",
    [
        lambda row: row,
        lambda row: row.split("  #")[0],
        lambda row: f"\t#  {row.strip()}",
        lambda row: f"> {row.replace(' ', '  ')}\r",
    ],
    ids=["as it is", "without comment", "commented out", "quoted"],
)
def test_every_kind_of_private_line_is_found(root: Path, row: str, write: object) -> None:
    """One line of a solution, an oracle, a hidden check or a must-fail program is enough."""
    assert callable(write)
    found = leaks(root, {"notes.md": f"some text\n{write(row)}\nmore text".encode()})
    assert len(found) == 1 and found[0].startswith("notes.md holds a line of ")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (REFERENCE, "a solution region (mean.py, line 10)"),
        (ORACLES, "the oracles (oracles.py, line 8)"),
        (HIDDEN, "a hidden check (checks/check_1_hidden.py, line 8)"),
        (MUST_FAIL, "a program that proves checks (submissions/wrong/sum.py, line 9)"),
    ],
)
def test_whole_files_are_named(root: Path, text: str, kind: str) -> None:
    """A copied file is reported as such, and so are its lines, with their place in reference/."""
    found = leaks(root, {"a.py": text.encode()})
    assert found[0].startswith("a.py is the private file reference/mean/")
    assert any(kind in leak for leak in found)


def test_zips_are_opened(root: Path) -> None:
    """A line inside a wheel inside a zip is found, with the way to it."""
    row = PRIVATE_ROWS[0].encode()
    files = {"outer.zip": zipped("wheels/inner.whl", zipped("autograder/x.py", row))}
    found = leaks(root, files)
    assert len(found) == 1 and found[0].startswith("outer.zip/wheels/inner.whl/autograder/x.py")


def test_strings_in_notebooks_are_read(root: Path) -> None:
    """In a notebook a line of code is a string of JSON."""
    cell = {"cells": [{"source": ["import x\n", PRIVATE_ROWS[0] + "\n"]}]}
    assert leaks(root, {"report.ipynb": json.dumps(cell).encode()})


def test_a_file_that_is_no_json_is_read_as_text(root: Path) -> None:
    """A broken notebook hides nothing."""
    row = PRIVATE_ROWS[0].encode()
    assert leaks(root, {"report.ipynb": b"{broken\n" + row})


def test_without_a_reference_nothing_is_proved(root: Path) -> None:
    """The check refuses rather than find nothing in a folder without private files."""
    public = msgspec.structs.replace(mean_of(root), private=None)
    with pytest.raises(ReleaseError, match="no reference/mean: leaks cannot be looked for"):
        find_leaks({}, public, root, SECRET)


@pytest.mark.parametrize(
    "spelling",
    [SECRET, SECRET.hex().encode(), base64.b64encode(SECRET)],
    ids=["raw", "hex", "base64"],
)
def test_the_secret_is_found(root: Path, spelling: bytes) -> None:
    """Also between other bytes, and encoded the usual ways."""
    assert leaks(root, {"digits.npz": b"\0\1" + spelling + b"\2"}) == [
        "digits.npz holds the course secret"
    ]


def test_common_lines_are_no_leaks(root: Path) -> None:
    """Imports, short lines and what the template keeps say nothing about a solution."""
    text = "import numpy as np\nimport math\nreturn sum_without_division\ndef mean(x):\n"
    text += "for i in range(n):\n) -> np.ndarray:\nif x is not None:\n"
    text += "def mean(x: np.ndarray) -> float:\n"
    assert leaks(root, {"a.py": text.encode()}) == []


@pytest.mark.parametrize(
    ("row", "telling"),
    [
        ("|---|---|---|--:|", False),
        ("for w, g in zip(params, grads, strict=True):", False),
        ("for w, g in zip(params, velocities * beta):", True),
        ("| exp x | y t | g y |", True),
        ("except threading.BrokenBarrierError as error:  # another has failed", False),
        ("total = velocity.copy()", False),
        ("total = velocity.copy(order)", True),
    ],
)
def test_what_anybody_writes_is_not_telling(row: str, telling: bool) -> None:
    """A table's rule, a plain loop, an error that is caught, a call; but what they hold is."""
    assert is_distinctive(row) == telling
