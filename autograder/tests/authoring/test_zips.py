"""What verify says of both zips."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autograder.authoring import paths
from autograder.authoring.paths import GRADESCOPE, STUDENT, build_zips
from autograder.model.errors import ReleaseError
from autograder.tests.authoring.course import SECRET, tiny_of


def builder(contents: list[bytes], told: list[Any]) -> Callable[..., None]:
    """A builder of zips with these contents, one after the other, that notes the rest."""

    def build(assignment: object, root: Path, out: Path, *rest: bytes) -> None:
        told.append(rest)
        out.write_bytes(contents.pop(0))

    return build


def test_the_same_bytes_twice_are_no_problem(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each zip is built so many times, and kept; only Gradescope's gets the secret."""
    told: list[Any] = []
    monkeypatch.setattr(paths, "zip_template", builder([b"1", b"1"], told))
    monkeypatch.setattr(paths, "build_zip", builder([b"2", b"2"], told))
    built, problems = build_zips(tiny_of(course), course, tmp_path, times=2)
    assert (problems, told) == ([], [(), (), (SECRET,), (SECRET,)])
    assert {name: path.read_bytes() for name, path in built.items()} == {
        STUDENT: b"1",
        GRADESCOPE: b"2",
    }


def test_a_difference_or_a_refusal_is_named(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the zip that it is about; one refusal does not hide the other zip's difference."""

    def refuse(*_: object) -> None:
        raise ReleaseError("it would give this away")

    monkeypatch.setattr(paths, "zip_template", refuse)
    monkeypatch.setattr(paths, "build_zip", builder([b"1", b"2"], []))
    built, problems = build_zips(tiny_of(course), course, tmp_path, times=2)
    assert problems == [
        "student zip: it would give this away",
        "Gradescope zip: two builds differ",
    ]
    assert list(built) == [GRADESCOPE]
