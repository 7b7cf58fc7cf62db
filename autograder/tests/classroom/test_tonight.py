"""The page for instructors on grading a class is followed, command by command, as it stands."""

import re
import shlex
import sys
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import pytest

from autograder.tests.classroom.exports import export, metadata
from autograder.tests.classroom.tiny_class import RIGHT, WRONG, TinyClass
from autograder.tests.cli.commands import run_apart, run_here
from autograder.tests.grading.tiny import Tiny

PAGE = Path(__file__).resolve().parents[3] / "docs" / "instructors.md"
HEADING = "## Grade a class tonight\n"
_FENCE = re.compile(r"^```\n(.*?)^```", re.MULTILINE | re.DOTALL)
_WRITTEN = re.compile(r"`(grades/[^`]+)`")


@pytest.mark.skipif(sys.platform != "linux", reason="a class is graded on Linux")
def test_the_section_is_followed_literally(
    tiny: Tiny,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Every command ends as the page says, and every file that it names is there."""
    section = PAGE.read_text(encoding="utf-8").partition(HEADING)[2].partition("\n## ")[0]
    commands = [row for fence in _FENCE.findall(section) for row in fence.splitlines()]
    assert len(commands) == 6 and len(_WRITTEN.findall(section)) == 4
    TinyClass(tiny)
    files = {f"submission_{n}/work.py": f"{RIGHT if n < 4 else WRONG}# {n}\n" for n in range(1, 7)}
    encoded = {name: source.encode() for name, source in files.items()}
    export(tiny.root / "submissions.zip", encoded, metadata(*range(1, 7)))
    monkeypatch.chdir(tiny.root)
    for command in commands:
        program, *arguments = shlex.split(command, comments=True)
        if arguments[0] == "similarity" and not find_spec("copydetect"):
            continue  # an extra of its own
        # it forks this process, which is not fresh
        run = (
            partial(run_apart, tiny.root) if arguments[0] == "doctor" else partial(run_here, capsys)
        )
        ended = run(*arguments)
        assert (program, ended.status, ended.err) == ("autograder", 0, ""), command
    assert [name for name in _WRITTEN.findall(section) if not Path(name).exists()] == []
    assert len(Path("grades/grades.csv").read_text().splitlines()) == 1 + 6
