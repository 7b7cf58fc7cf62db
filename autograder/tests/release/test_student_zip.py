"""autograder.release: the whole release of a small course."""

import importlib.util
import re
import shutil
import stat
import zipfile
from pathlib import Path

import pytest

from autograder.cli.arguments import parser
from autograder.model.course import load_course
from autograder.model.errors import ConfigError, ReleaseError
from autograder.release import ReleaseResult, record, release_assignment, release_problems
from autograder.release import template as template_module
from autograder.release.student_zip import zip_template
from autograder.release.template import stale_files
from autograder.tests.release.small import PRIVATE_ROWS, mean_of, small_course


@pytest.fixture(scope="module")
def unpacked(released: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The student's folder."""
    folder = tmp_path_factory.mktemp("student")
    zipfile.ZipFile(released / "build" / "mean.zip").extractall(folder)
    return folder / "mean"


def test_the_zip_holds_everything_public(unpacked: Path) -> None:
    """One folder with the files of the assignment, the framework and how to set it up."""
    names = sorted(p.relative_to(unpacked).as_posix() for p in unpacked.rglob("*") if p.is_file())
    assert [re.sub(r"-\d.*", "-*.whl", name) for name in names] == [
        "README.md",
        "assignments/mean/assignment.toml",
        "assignments/mean/checks/check_1.py",
        "assignments/mean/expectations.py",
        "assignments/mean/programs.py",
        "assignments/mean/recognised_mistakes.json",
        "assignments/mean/recorded_answers.json",
        "constraints.txt",
        "course.toml",
        "handout.md",
        "mean.py",
        "quickstart.py",
        "wheels/autograder-*.whl",
    ]


def test_the_policy_is_public_but_not_where_the_secret_is(unpacked: Path) -> None:
    """course.toml goes along, for the parts that are not given."""
    course = load_course(unpacked)
    assert course.secret_file == "kept by the staff"
    assert course.name


def test_two_releases_are_byte_identical(
    released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also from another folder, with other file times, and with nothing left to write."""
    monkeypatch.setattr(record, "_PERTURBATIONS", ())  # a proof, which changes no bytes
    other = small_course(tmp_path / "other")
    result = release_assignment(mean_of(other), other, tmp_path)
    first = (released / "build" / "mean.zip").read_bytes()
    assert result.zip.read_bytes() == first
    again = release_assignment(mean_of(other), other, tmp_path / "again")
    assert again.changed == () and again.zip.read_bytes() == first


def test_a_release_says_what_it_wrote(tmp_path: Path) -> None:
    """The files to commit and the zip to hand out, or that there is nothing to commit."""
    told = ReleaseResult(assignment="mean", changed=("a.py",), zip=tmp_path / "mean.zip").lines()
    assert told == ["a.py: written", f"wrote {tmp_path / 'mean.zip'}: the zip for students"]
    told = ReleaseResult(assignment="mean", changed=(), zip=tmp_path / "mean.zip").lines()
    assert told[0] == "mean: template and handout were up to date"


def test_windows_checkouts_give_the_same_zip(released: Path, tmp_path: Path) -> None:
    """CRLF line ends in the working tree do not reach students."""
    root = tmp_path / "course"
    shutil.copytree(released, root)
    for pattern in ("assignments/**/*.*", "student_templates/**/*.*", "quickstart.py"):
        for path in root.glob(pattern):
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert stale_files(mean_of(root), root, prove=False) == []
    built = zip_template(mean_of(root), root, tmp_path / "mean.zip")
    assert built.read_bytes() == (released / "build" / "mean.zip").read_bytes()


def test_the_files_belong_to_nobody_in_particular(released: Path) -> None:
    """Times and modes are the same on every machine; no file is executable or writeable by all."""
    infos = zipfile.ZipFile(released / "build" / "mean.zip").infolist()
    assert {info.date_time for info in infos} == {(1980, 1, 1, 0, 0, 0)}
    assert {stat.filemode(info.external_attr >> 16) for info in infos} == {"-rw-r--r--"}


def test_quickstart_understands_the_folder(unpacked: Path) -> None:
    """The bootstrap finds the wheel and the constraints beside it."""
    spec = importlib.util.spec_from_file_location("student_quickstart", unpacked / "quickstart.py")
    assert spec and spec.loader
    quickstart = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(quickstart)
    setup = quickstart.plan(unpacked)
    assert not quickstart.is_course(unpacked) and setup.constraints.is_file()
    assert setup.inputs[0].name.startswith("autograder-")


def test_the_commands_of_the_readme_exist(unpacked: Path) -> None:
    """Every command line in it is one that the program understands; nothing is left unfilled."""
    text = (unpacked / "README.md").read_text()
    commands = re.findall(r"(?:^|`)autograder ([a-z][^`\n]*)", text, re.MULTILINE)
    for command in commands:
        parser().parse_args(command.split())
    assert {command.split()[0] for command in commands} == {"check", "explain", "pack", "doctor"}
    assert "{" not in text and (unpacked / "quickstart.py").name in text


def damaged(released: Path, to: Path) -> Path:
    """A copy of the released course, to be damaged."""
    shutil.copytree(released, to, ignore=shutil.ignore_patterns("*.zip"))
    return to


def test_stale_tables_are_not_zipped(released: Path, tmp_path: Path) -> None:
    """A handout that promises other points than the assignment has is not handed out."""
    root = damaged(released, tmp_path / "course")
    handout = root / "assignments" / "mean" / "handout.md"
    handout.write_text(handout.read_text().replace("| 1.5 |", "| 2.5 |"))
    with pytest.raises(ReleaseError, match=r"handout\.md are stale: run `autograder release mean`"):
        zip_template(mean_of(root), root, tmp_path / "mean.zip")


@pytest.mark.parametrize("name", ["assignments/mean/handout.md", "ci/constraints.txt"])
def test_a_missing_file_is_named(released: Path, tmp_path: Path, name: str) -> None:
    """No zip without the handout or the versions to install."""
    root = damaged(released, tmp_path / "course")
    (root / name).unlink()
    with pytest.raises(ReleaseError, match=f"{name} is missing: the student zip needs it"):
        zip_template(mean_of(root), root, tmp_path / "mean.zip")


@pytest.mark.parametrize(
    "name", ["assignments/mean/programs.py", "autograder/extra.py", "quickstart.py"]
)
@pytest.mark.parametrize("row", PRIVATE_ROWS[:1])
def test_a_leak_is_not_zipped(released: Path, tmp_path: Path, name: str, row: str) -> None:
    """A solution line in a public file, also inside the wheel, stops the zip and is shown."""
    root = damaged(released, tmp_path / "course")
    path = root / name
    before = path.read_text() if path.exists() else ""
    path.write_text(f"{before}\n# {row.strip()}\n")
    with pytest.raises(ReleaseError, match="give this away") as refusal:
        zip_template(mean_of(root), root, tmp_path / "mean.zip")
    assert row.strip() in str(refusal.value) and not (tmp_path / "mean.zip").exists()


def test_the_secret_is_looked_for(released: Path, tmp_path: Path) -> None:
    """The secret that course.toml names must not be in any file."""
    root = damaged(released, tmp_path / "course")
    secret = (released.parent / f"{released.name}.secret").read_bytes()
    (root / "assignments" / "mean" / "data.bin").write_bytes(b"\0" + secret)
    with pytest.raises(ReleaseError, match=r"data\.bin holds the course secret"):
        zip_template(mean_of(root), root, tmp_path / "mean.zip")


def test_many_leaks_are_counted(released: Path, tmp_path: Path) -> None:
    """A copied reference shows the first lines, and how many more there are."""
    root = damaged(released, tmp_path / "course")
    for number in range(30):
        name = root / "assignments" / "mean" / f"copy_{number}.py"
        shutil.copyfile(root / "reference" / "mean" / "mean.py", name)
    with pytest.raises(ReleaseError, match=r"and \d+ more$"):
        zip_template(mean_of(root), root, tmp_path / "mean.zip")


def test_a_course_without_a_secret_can_release(released: Path, tmp_path: Path) -> None:
    """Students may get their zip before the secret is made; a broken course.toml is an error."""
    root = damaged(released, tmp_path / "course")
    (root / "course.toml").write_text('name = "n"\nterm = "t"\nsecret_file = "no/such/file"\n')
    assert zip_template(mean_of(root), root, tmp_path / "mean.zip").is_file()
    (root / "course.toml").write_text("name = 1\n")
    with pytest.raises(ConfigError):
        zip_template(mean_of(root), root, tmp_path / "mean.zip")
    (root / "course.toml").unlink()
    assert zip_template(mean_of(root), root, tmp_path / "mean.zip").is_file()


def test_a_release_says_what_it_is_doing(
    released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before each step that takes a while."""
    monkeypatch.setattr(template_module, "record_answers", lambda *_, **__: {})
    root, said = damaged(released, tmp_path / "course"), list[str]()
    release_assignment(mean_of(root), root, tmp_path, said.append)
    begins = ("the stubs", "the recorded answers", "the recognised mistakes", "the student zip")
    assert [text.startswith(begin) for text, begin in zip(said, begins, strict=True)] == [True] * 4


def test_all_reasons_to_refuse_are_found_without_writing(
    released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What hinders the template, and what the zip would give away; a stale handout is no reason."""
    monkeypatch.setattr(template_module, "record_answers", lambda *_, **__: {})
    root = damaged(released, tmp_path / "course")
    handout = root / "assignments" / "mean" / "handout.md"
    handout.write_text(handout.read_text().replace("| 1.5 |", "| 2.5 |"))
    assert release_problems(mean_of(root), root) == []
    handout.write_text(f"{handout.read_text()}\n{PRIVATE_ROWS[0]}\n")

    def refuse(*_: object, **__: object) -> None:
        raise ReleaseError("the reference does not pass check_mean_of_two")

    monkeypatch.setattr(template_module, "record_answers", refuse)
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    template, leak = release_problems(mean_of(root), root)
    assert template == "the reference does not pass check_mean_of_two"
    assert leak.startswith("the student zip would give this away")
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before
    reference = root / "reference" / "mean" / "mean.py"
    reference.write_text(reference.read_text() + "### END SOLUTION\n")
    (told,) = release_problems(mean_of(root), root)
    assert "END SOLUTION without a BEGIN SOLUTION" in told


def test_without_a_template_there_is_no_zip(released: Path, tmp_path: Path) -> None:
    """The error says which command makes it."""
    root = damaged(released, tmp_path / "course")
    shutil.rmtree(root / "student_templates")
    with pytest.raises(ReleaseError, match="is missing: run `autograder release mean`"):
        zip_template(mean_of(root), root, tmp_path / "mean.zip")
