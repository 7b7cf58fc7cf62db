"""Similarity: disguised copies stand out, honest work does not, and hostile sources end nothing."""

import sys
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path

import pytest

from autograder.classroom.similarity import pairs
from autograder.classroom.similarity.normal_form import normal_form
from autograder.classroom.similarity.pairs import Similarities, compare_class
from autograder.classroom.similarity.reader import Reader
from autograder.classroom.similarity.reading import (
    LONGEST_SOURCE,
    LONGEST_TEXT,
    AskedToRead,
    CodeReading,
    read,
    source_lines,
)
from autograder.classroom.submissions import ClassSubmission, Member
from autograder.model.course import find_assignment
from autograder.model.errors import GraderError
from autograder.tests.classroom import copies

SGD = find_assignment(copies.ROOT, "sgd")
TEMPLATE = copies.ROOT / "student_templates" / "sgd"
HONEST = ("reference", "classes", "arrays")
BROKEN = "def late(:\n"
DISGUISED = {
    "renamed variables": ("classes", "renamed"),
    "moved functions": ("reference", "moved"),
    "other comments": ("arrays", "commented"),
    "one copied part": ("classes", "reference with a part of classes"),
    "another copied part": ("reference", "arrays with a part of reference"),
    "a syntax error": ("arrays", "broken"),
}


def handed_in(
    folder: Path, sources: Mapping[str, str], members: Mapping[str, tuple[str, ...]]
) -> list[ClassSubmission]:
    """Copies of the intake, one for each name."""
    submissions = []
    for name, source in sources.items():
        (folder / name).mkdir(parents=True)
        (folder / name / "sgd.py").write_text(source, encoding="utf-8")
        people = tuple(Member(name=who) for who in members.get(name, ()))
        submissions.append(ClassSubmission(id=name, members=people, folder=folder / name))
    return submissions


def compared(
    folder: Path,
    sources: Mapping[str, str],
    members: Mapping[str, tuple[str, ...]] | None = None,
    top: int = 100,
) -> Similarities:
    """What `autograder similarity` finds in them."""
    submissions = handed_in(folder, sources, members or {})
    return compare_class(submissions, SGD, TEMPLATE, top, lambda what, done, total: None)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Similarities:
    """A class of three who worked alone, the template, and a disguised copy of each kind."""
    alone = {
        "reference": copies.reference(),
        "classes": copies.by_classes(),
        "arrays": copies.by_arrays(),
    }
    tester = ("check_gradient",)
    sources = {
        **alone,
        "template": (TEMPLATE / "sgd.py").read_text(encoding="utf-8"),
        "renamed": copies.renamed(alone["classes"]),
        "moved": copies.moved(alone["reference"]),
        "commented": copies.commented(alone["arrays"]),
        "reference with a part of classes": copies.with_a_part_of(
            alone["reference"], alone["classes"], tester
        ),
        "arrays with a part of reference": copies.with_a_part_of(
            alone["arrays"], alone["reference"], tester
        ),
        "broken": copies.renamed(alone["arrays"]) + BROKEN,
    }
    return compared(tmp_path_factory.mktemp("class"), sources)


def times_of(found: Similarities, names: tuple[str, str]) -> float:
    """How many times as much as usual these two have in common; 0.0: they are not listed."""
    times = {frozenset((p.one.submission.id, p.other.submission.id)): p.times for p in found.pairs}
    return times.get(frozenset(names), 0.0)


@pytest.mark.parametrize("disguise", DISGUISED)
def test_a_disguised_copy_stands_above_every_honest_pair(
    found: Similarities, disguise: str
) -> None:
    """It does so by half at least, whatever was changed, and if one function was copied."""
    honest = max(times_of(found, pair) for pair in combinations(HONEST, 2))
    assert times_of(found, DISGUISED[disguise]) > 1.5 * honest > 0


def test_what_the_template_gives_is_in_common_with_none(found: Similarities) -> None:
    """A submission without any work has no line in common, although others kept its lines."""
    names = [
        name for pair in found.pairs for name in (pair.one.submission.id, pair.other.submission.id)
    ]
    assert "template" not in names and names
    assert found.compared == 45 and found.of_same_people == 0


def test_the_list_begins_with_most_in_common(found: Similarities) -> None:
    """In order, and cut where it was asked for."""
    times = [pair.times for pair in found.pairs]
    assert times == sorted(times, reverse=True)


def test_code_that_cannot_be_parsed_is_named(found: Similarities) -> None:
    """With the line, and nothing else is."""
    (problem,) = found.problems
    lines = len(source_lines(problem.files["sgd.py"].decode())) - 1
    assert problem.submission.id == "broken"
    assert problem.problem == f"sgd.py cannot be parsed: invalid syntax, line {lines}"


@pytest.fixture
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sources that do no harm are read here: to start a process takes a second."""

    class Here:
        def __enter__(self) -> "Here":
            return self

        def __exit__(self, *error: object) -> None:
            pass

        def read(self, files: dict[str, bytes], as_text: bool = False) -> CodeReading:
            return read(AskedToRead(files, as_text))

    monkeypatch.setattr(pairs, "Reader", Here)


@pytest.mark.usefixtures("in_this_process")
def test_submissions_of_the_same_people_are_not_compared(tmp_path: Path) -> None:
    """A student who has handed in twice, alone and in a group, is no pair."""
    sources = dict.fromkeys(("first", "second", "third"), copies.by_arrays())
    groups = {"first": ("Ada",), "second": ("Bo", "Ada"), "third": ("Cy",)}
    found = compared(tmp_path, sources, groups, top=1)
    assert (found.compared, found.of_same_people, len(found.pairs)) == (2, 1, 1)
    assert [each.submission.id for each in found.pairs[0][:2]] == ["first", "third"]


@pytest.mark.usefixtures("in_this_process")
def test_a_class_with_nothing_to_compare_has_no_pairs() -> None:
    """A submission of which nothing was copied is listed apart."""
    nothing = ClassSubmission(id="empty", problem="no file")
    found = compare_class([nothing], SGD, TEMPLATE, 50, lambda what, done, total: None)
    assert found.empty == [nothing] and not found.pairs and not found.compared


@pytest.mark.usefixtures("in_this_process")
def test_a_template_that_cannot_be_read_is_an_error_of_ours(tmp_path: Path) -> None:
    """Otherwise everything that it gives would count as copied."""
    (tmp_path / "sgd.py").write_text(BROKEN)
    with pytest.raises(GraderError, match=r"the template cannot be compared with: sgd\.py"):
        compare_class([], SGD, tmp_path, 50, lambda what, done, total: None)


def test_the_normal_form_keeps_what_works_and_where_it_stood() -> None:
    """Comments, docstrings, annotations and line breaks go; each line knows its place."""
    source = b'''
def f(  # why
    x: int, y: "str" = "a"
) -> None:
    """What it does."""
    z: list[int] = [x,
        1]
    total: int
    if z:
        ...
    else: return [
        y]
'''
    assert [tuple(line) for line in normal_form(source)] == [
        ("def f(x, y='a'):", 2, 4),
        ("    z = [x, 1]", 6, 7),
        ("    if z:", 9, 9),
        ("        pass", 0, 0),
        ("    else:", 9, 9),
        ("        return [y]", 11, 12),
    ]


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (b"x = " + b"(" * 1000, "too many nested parentheses, line 1"),
        (b"x = 1" + b" + 1" * 5000, "it is nested too deeply"),
        (b"x = 0x" + b"f" * 10_000, "Exceeds the limit"),
        (b"x = 1\0", "null bytes"),
        (b"# coding: no-such-encoding\nx = 1\n", "no-such-encoding"),
    ],
    ids=["parentheses", "sum", "number", "null", "encoding"],
)
def test_a_source_that_cannot_be_parsed_is_read_as_text(source: bytes, reason: str) -> None:
    """The reason is said, and its characters are compared all the same."""
    reading = read(AskedToRead({"sgd.py": source}))
    assert reading.problem.startswith("sgd.py cannot be parsed: ") and reason in reading.problem
    assert reading.text.startswith(("x=", "V="))
    assert sum(piece.length for piece in reading.pieces) == len(reading.text)


def test_a_source_that_is_far_too_long_is_cut() -> None:
    """Of a file so many bytes are read, of a submission so many characters compared."""
    line = b"1" * 99 + b"\n"
    reading = read(AskedToRead({"a.py": line * 3000, "b.py": b"x = 1"}))
    assert len(reading.text) == LONGEST_TEXT
    assert reading.problem == (
        f"a.py has 300000 bytes, of which {LONGEST_SOURCE} are read;"
        f" only its first {LONGEST_TEXT} characters of code are compared"
    )


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_a_source_that_takes_too_long_is_left_and_the_next_is_read() -> None:
    """The process that reads it is ended by its limit of CPU time, and another one begins."""
    with Reader(seconds=1) as reader:
        slow = reader.read({"sgd.py": b"x = " + b"-" * 600_000 + b"1"})
        next_one = reader.read({"sgd.py": b"x = 1\n"})
    assert slow.text == ""
    assert slow.problem == (
        "it cannot be parsed: that takes over 1 s of CPU time; nor read as text, so it is compared"
        " with none"
    )
    assert (next_one.text, next_one.problem) == ("V=1", "")


def test_a_reader_that_does_not_answer_is_not_waited_for() -> None:
    """A deadline on the wall is the last resort, and no process is left."""
    with Reader(patience_s=0.001) as reader:
        reading = reader.read({"sgd.py": b"x = 1\n"})
    assert "it cannot be parsed: that takes over 0.001 s" in reading.problem
