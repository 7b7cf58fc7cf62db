"""The documentation agrees with the code."""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.authoring.proofs.kind import Setting
from autograder.authoring.proofs.score import COLUMNS, recorded_scores, score_of
from autograder.cli.arguments import parser
from autograder.cli.main import main
from autograder.grading.declaring.declare import declared_checks
from autograder.model.course import assignment_ids, find_assignment
from autograder.model.verdict import Verdict

ROOT = Path(__file__).resolve().parents[2]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
HANDOUTS = tuple(sorted((ROOT / "assignments").glob("*/handout.md")))
LONGEST_PAGE = 150

_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^(?:\$ )?autograder ([a-z-].*)$", re.MULTILINE)  # not a usage line
_INDENTED = re.compile(r"^    autograder ([a-z-].*)$", re.MULTILINE)
_MENTION = re.compile(r"`autograder ([^`\n]+)`")
_GENERATED = re.compile(r"^<!-- generated:.*?^<!-- end -->", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")


def commands(page: Path) -> Iterator[str]:
    """Every command that the page shows, without `autograder` itself."""
    text = page.read_text(encoding="utf-8")
    for fence in _FENCE.findall(text):
        yield from _COMMAND.findall(fence)
    yield from _MENTION.findall(_FENCE.sub("", text))
    yield from _INDENTED.findall(text)


def fault(command: str, capsys: pytest.CaptureFixture[str]) -> str:
    """What the parser says against it; empty when it parses. A bare name may lack arguments."""
    words = shlex.split(command, comments=True)
    try:
        parser().parse_args(words if len(words) > 1 else [*words, "--help"])
    except SystemExit as ended:
        return capsys.readouterr().err if ended.code else ""
    return ""


@pytest.mark.parametrize("page", (*PAGES, *HANDOUTS), ids=lambda page: page.parent.name + page.name)
def test_every_command_shown_parses(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every command of the documentation exists, with the options that are shown."""
    faults = {command: fault(command, capsys) for command in commands(page)}
    assert {command: said for command, said in faults.items() if said} == {}


def test_commands_are_found() -> None:
    """The search sees commands in blocks and in running text, so that it cannot pass unseeing."""
    pages = (*PAGES, *HANDOUTS)
    found = [command.partition("#")[0].strip() for page in pages for command in commands(page)]
    assert {"check sgd --watch", "pack sgd", "new --secret", "simulate ZIP SUBMISSION"} <= {*found}
    assert found.count("lab sgd") >= 3


@pytest.mark.parametrize("command", ["chekc sgd", "check sgd --fast", "zip", "simulate ZIP"])
def test_a_wrong_command_is_noticed(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A command, an option or an argument that does not fit is a fault."""
    told = fault(command, capsys)
    assert bool(told) == (command != "zip")  # a mention of a command's name may stand alone


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_is_explained_to_students(verdict: Verdict) -> None:
    """students.md has a row for each verdict, with the sentence and the help of the grader."""
    rows = (ROOT / "docs" / "students.md").read_text(encoding="utf-8").splitlines()
    row = next((row for row in rows if row.startswith(f"| {verdict.word.upper()} |")), "")
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert cells[1:] == [verdict.sentence, verdict.help]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    """A link to a file of the repository names one that exists."""
    links = _LINK.findall(page.read_text(encoding="utf-8"))
    local = [link for link in links if "://" not in link]
    assert [link for link in local if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES[1:], ids=lambda page: page.name)
def test_pages_are_short(page: Path) -> None:
    """A page is for one reader and has fewer than 150 lines, without what is generated."""
    written = _GENERATED.sub("", page.read_text(encoding="utf-8"))
    assert len(written.splitlines()) < LONGEST_PAGE


@pytest.mark.parametrize("name", ["architecture.md", "protocol.md"])
def test_pages_name_files_that_exist(name: str) -> None:
    """Each file that the pages name can be found."""
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    named = re.findall(r"`([a-z_]+(?:/[a-z_]+)*/(?:[a-z_]+\.py)?)`", text)
    assert len(named) > 5
    places = (ROOT / "autograder", ROOT)
    assert [path for path in named if not any((p / path).exists() for p in places)] == []


def test_the_picture_of_the_rooms_shows_the_code() -> None:
    """Which room imports which, and what each is about, in docs/architecture.md."""
    command = [sys.executable, str(ROOT / "ci" / "rooms.py"), "--check"]
    assert subprocess.run(command, capture_output=True, text=True).stdout == ""


def test_outputs_count_the_checks_that_there_are(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """SGD's, which the pages for instructors show."""
    monkeypatch.chdir(ROOT)
    main(["list"])
    first = capsys.readouterr().out.splitlines()[0]
    assert first in (ROOT / "docs" / "instructors.md").read_text(encoding="utf-8")
    sgd = find_assignment(ROOT, "sgd")
    visible, all_of_them = (len(declared_checks(sgd, hidden=hidden)) for hidden in (False, True))
    agreement = (ROOT / "docs" / "agreement.md").read_text(encoding="utf-8")
    assert f"{visible} visible checks: the same verdicts" in agreement
    assert f"reproduced exactly: {all_of_them} verdicts" in agreement


def test_readme_has_the_whole_score_of_every_assignment() -> None:
    """A row for every number that a kind of proof can give, and every number that is recorded."""
    scores = recorded_scores(ROOT)
    assert sorted(scores) == sorted(assignment_ids(ROOT))
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [column for column in COLUMNS if f"| {column} |" not in text] == []
    for id_, score in scores.items():
        proved = score_of(Setting(find_assignment(ROOT, id_), ROOT)).ratios
        assert sorted(score.ratios) == sorted(proved), id_
