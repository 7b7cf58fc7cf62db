"""autograder.release.template: what student_templates/<id>/ holds, and when it is stale."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.grading.fixtures.oracles import read_records
from autograder.model.errors import ReleaseError
from autograder.release.template import stale_files, write_template
from autograder.tests.release.small import REFERENCE, mean_of, small_course

FRESH = ["mean.py", "recognised_mistakes.json", "recorded_answers.json"]
ANSWER = 2  # its place in the line of a question


@pytest.fixture
def course(released: Path, tmp_path: Path) -> Path:
    """A copy of the released course."""
    return Path(shutil.copytree(released, tmp_path / "course"))


@pytest.fixture
def recorded(released: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Recording returns the same as the first time, without grading again."""
    path = released / "student_templates" / "mean" / "recorded_answers.json"
    records = read_records(path)
    monkeypatch.setattr("autograder.release.template.record_answers", lambda *_, **__: records)


def test_a_written_template_is_fresh(course: Path) -> None:
    """Nothing is stale, and the folder holds the stubs and the answers."""
    folder = course / "student_templates" / "mean"
    assert stale_files(mean_of(course), course, prove=False) == []
    assert sorted(path.name for path in folder.iterdir()) == FRESH
    assert 'raise NotImplementedError("part 1.1: the mean")' in (folder / "mean.py").read_text()


def append(path: Path) -> None:
    """Edit a generated file by hand."""
    path.write_text(path.read_text() + "# edited\n")


def change_answer(path: Path) -> None:
    """Replace the recorded answer by another one."""
    records = json.loads(path.read_text())
    records["check_mean_agrees_with_a_loop"][0][ANSWER] = 0.5
    path.write_text(json.dumps(records))


@pytest.mark.usefixtures("recorded")
@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("mean.py", append),
        ("mean.py", Path.unlink),
        ("notes.txt", Path.touch),
        ("recorded_answers.json", append),
        ("recorded_answers.json", change_answer),
    ],
)
def test_every_difference_is_stale(course: Path, name: str, damage: Callable[[Path], None]) -> None:
    """An edited, missing, foreign or broken file is named, and the next release fixes it."""
    path = course / "student_templates" / "mean" / name
    damage(path)
    assert stale_files(mean_of(course), course) == [name]
    assert write_template(mean_of(course), course) == [path]
    assert stale_files(mean_of(course), course) == []


@pytest.mark.usefixtures("recorded")
def test_answers_within_the_tolerance_are_kept(course: Path) -> None:
    """Bytes that were recorded on another machine stay as they are committed."""
    path = course / "student_templates" / "mean" / "recorded_answers.json"
    records = json.loads(path.read_text())
    records["check_mean_agrees_with_a_loop"][0][ANSWER] *= 1 + 1e-13
    path.write_text(json.dumps(records))
    assert write_template(mean_of(course), course) == []


def test_a_reference_without_marks_is_refused(tmp_path: Path) -> None:
    """It would be handed out whole."""
    root = small_course(tmp_path)
    bare = "\n".join(row for row in REFERENCE.splitlines() if "SOLUTION" not in row)
    (root / "reference" / "mean" / "mean.py").write_text(bare)
    with pytest.raises(ReleaseError, match=r"reference/mean/mean\.py has no `### BEGIN SOLUTION`"):
        write_template(mean_of(root), root)


def test_a_missing_reference_is_refused(tmp_path: Path) -> None:
    """The error names the file the template is made from."""
    root = small_course(tmp_path)
    (root / "reference" / "mean" / "mean.py").unlink()
    with pytest.raises(ReleaseError, match=r"reference/mean/mean\.py is missing"):
        write_template(mean_of(root), root)


def test_only_python_files_become_templates(tmp_path: Path) -> None:
    """A file that cannot be stripped is refused rather than copied."""
    root = small_course(tmp_path)
    toml = root / "assignments" / "mean" / "assignment.toml"
    toml.write_text(toml.read_text().replace('["mean.py"]', '["mean.py", "data.csv"]'))
    (root / "reference" / "mean" / "data.csv").write_text("1,2\n")
    with pytest.raises(ReleaseError, match=r"data\.csv: a template can be made of Python files"):
        write_template(mean_of(root), root)
