"""results.json is replaced in one step, and only by something valid."""

import json
import os
from pathlib import Path

import pytest

from autograder.gradescope.results_file import (
    emergency_results,
    encode_results,
    write_results,
)
from autograder.model.errors import GraderError
from autograder.render.results_json import GradescopeResults, GradescopeTest


def test_invalid_results_leave_the_file_as_it_was(tmp_path: Path) -> None:
    """The error names the path, and the last valid file stays."""
    path = tmp_path / "results.json"
    write_results(path, GradescopeResults(score=1))
    with pytest.raises(GraderError, match=r"score: nan .*finite"):
        write_results(path, GradescopeResults(score=float("nan")))
    assert json.loads(path.read_bytes()) == {"score": 1}
    assert os.listdir(tmp_path) == ["results.json"]


def test_a_link_is_replaced_and_not_followed(tmp_path: Path) -> None:
    """Results cannot be made to overwrite another file."""
    other, path = tmp_path / "other", tmp_path / "results.json"
    other.write_text("precious")
    path.symlink_to(other)
    write_results(path, GradescopeResults(score=1))
    assert other.read_text() == "precious"
    assert not path.is_symlink()


def test_a_failed_write_leaves_no_temporary_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the last step fails, the folder is as it was."""

    def full(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="disk full"):
        write_results(tmp_path / "results.json", GradescopeResults(score=1))
    assert os.listdir(tmp_path) == []


def test_the_file_is_plain_ascii() -> None:
    """A harness with any locale reads the same."""
    assert encode_results(GradescopeResults(score=1, output="é")).isascii()


def test_results_too_large_for_the_file_are_refused() -> None:
    """A megabyte is the limit of the whole."""
    tests = tuple(
        GradescopeTest(name=str(i), score=0, max_score=1, output="x" * 9000) for i in range(120)
    )
    with pytest.raises(GraderError, match="more than"):
        encode_results(GradescopeResults(tests=tests))


def test_the_emergency_results_are_valid() -> None:
    """The results that are written when there are no others are valid themselves."""
    assert list(emergency_results("no checks").problems()) == []
