"""`autograder similarity`: its page is safe and always the same, and each error says what to do."""

import hashlib
import importlib.util
import re
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver

from autograder.tests.browser import Browser, needs_chromium, started_chromium
from autograder.tests.classroom.tiny_class import TinyClass
from autograder.tests.cli.commands import Run, run_apart, run_here
from autograder.tests.grading.tiny import Tiny
from autograder.tests.render.page import Page

HOSTILE = "</pre><script>alert(1)</script>\x1b[2J\u202e"
COPIED = f"""
def f(x):
    total = 0
    for step in range(x):
        for other in range(x):
            total = total + 1  # {HOSTILE}
    return total
"""
ALONE = "def f(x):\n    return sum(x for _ in range(x))\n"
_NAME = "Ada <b>&amp; Bo"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> TinyClass:
    """A class of three, of whom two handed in the same."""
    tiny_class = TinyClass(Tiny(tmp_path_factory.mktemp("tiny") / "course"))
    tiny_class.hand_in(**{_NAME: COPIED, "Cy": COPIED.replace("total", "count"), "Di": ALONE})
    tiny_class.hand_in(Ed="def f(x:\n")
    return tiny_class


@pytest.fixture(scope="module")
def page(course: TinyClass) -> str:
    """The page of that class."""
    ended = run_apart(course.root, "similarity", course.handed_in, "--out", course.out)
    assert (ended.status, ended.err) == (0, "")
    assert "submissions read: 1 of 4\n" in ended.out and "pairs compared: 1 of 6\n" in ended.out
    assert "Cy: 100 % in common, longest passage 6 lines, " in ended.out
    assert "\n1 submission could not be read as Python: see the page\n" in ended.out
    assert ended.out.endswith("similarity.html: a reason to look, never a verdict\n")
    assert "\x1b" not in ended.out
    return (course.out / "similarity.html").read_text(encoding="utf-8")


@pytest.fixture
def run(
    capsys: pytest.CaptureFixture[str], course: TinyClass, monkeypatch: pytest.MonkeyPatch
) -> Run:
    """Run a command in the course, in this process."""
    monkeypatch.chdir(course.root)
    return lambda *arguments: run_here(capsys, "similarity", *arguments)


def test_the_page_is_safe_and_needs_nothing_else(page: str) -> None:
    """No text of a submission becomes markup, and the policy allows the page's own style alone."""
    parsed = Page(page)
    style = page.split("<style>")[1].split("</style>")[0]
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    (policy,) = [m["content"] for m in parsed.all("meta") if "http-equiv" in m]
    assert policy is not None and policy.startswith(
        f"default-src 'none'; style-src 'sha256-{digest}'"
    )
    assert not {tag for tag, _ in parsed.tags} & {"script", "link", "img", "iframe", "b"}
    assert "://" not in page and "\x1b" not in page and "\u202e" not in page
    assert "</pre><script>alert(1)</script>" in parsed.text


def test_what_both_have_is_marked_line_by_line(page: str) -> None:
    """On both sides, under the numbers that the lines have in the files; a comment too, as it
    stands in a marked line."""
    first = page.split("<details")[1]
    marked = re.findall(r'<mark class="row"><span class="number">(\d+)</span> ([^<]*)', first)
    numbers = [int(number) for number, _ in marked]
    assert numbers == [2, 3, 4, 5, 6, 7] * 2
    assert {text for number, text in marked if number == "7"} == {
        "    return total",
        "    return count",
    }


def test_what_could_not_be_read_is_on_the_page(page: str) -> None:
    """With the reason, and the page says that it is no verdict."""
    said = " ".join(Page(page).text.split())
    assert "Ed: work.py cannot be parsed: '(' was never closed, line 1" in said
    assert "A reason to look, never a verdict." in said


def test_the_same_submissions_make_the_same_page(course: TinyClass, page: str) -> None:
    """To the byte, also where Python's hashes of texts are others; only its owner can read it."""
    ended = run_apart(course.root, "similarity", course.handed_in, "--out", course.out / "again")
    again = course.out / "again" / "similarity.html"
    assert ended.status == 0 and again.read_text(encoding="utf-8") == page
    assert again.stat().st_mode & 0o077 == 0 == again.parent.stat().st_mode & 0o077


def test_without_the_library_the_command_says_which_extra(
    run: Run, course: TinyClass, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The status is 2, and what to type is said."""
    find = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util,
        "find_spec",
        lambda name, *more: find(name, *more) if name != "copydetect" else None,
    )
    ended = run(course.handed_in, "--out", course.out)
    assert ended.status == 2
    assert "copydetect is not installed" in ended.err and '-e ".[similarity]"' in ended.err


def test_wrong_paths_are_refused(run: Run, course: TinyClass, tmp_path: Path) -> None:
    """A place without submissions, a file for the page's folder, a folder within the class's."""
    nothing, file = tmp_path / "nothing", tmp_path / "file"
    nothing.mkdir()
    file.touch()
    for arguments, said in (
        ((nothing, "--out", tmp_path / "out"), "holds none of work.py: say which with"),
        ((nothing, "--assignment", "tiny", "--out", tmp_path / "out"), "there is no submission in"),
        ((course.handed_in, "--out", file), "is no folder: name one for the page"),
        ((course.handed_in, "--out", course.handed_in / "out"), "write to a folder outside"),
        ((course.handed_in, "--out", tmp_path, "--top", "0"), "--top"),
    ):
        ended = run(*arguments)
        assert (ended.status, said in ended.err) == (2, True), ended.err


def test_without_a_template_it_is_said_how_to_make_one(
    run: Run, course: TinyClass, tmp_path: Path
) -> None:
    """What all were given would count as copied."""
    template = course.root / "student_templates" / "tiny" / "work.py"
    template.rename(tmp_path / "work.py")
    ended = run(course.handed_in, "--out", tmp_path / "out")
    (tmp_path / "work.py").rename(template)
    assert ended.status == 2 and "run `autograder release tiny`" in ended.err


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Browser]:
    """A browser, with a folder for the page."""
    driver: webdriver.Chrome
    with started_chromium() as driver:
        yield Browser(driver, tmp_path)


@needs_chromium
def test_the_page_is_for_every_reader(browser: Browser, page: str) -> None:
    """axe finds no violation in light and in dark, and a phone needs no scrolling sideways."""
    for scheme in ("light", "dark"):
        browser.load(page, prefers_color_scheme=scheme)
        assert browser.violations() == []
    browser.on_a_phone()
    browser.load(page)
    assert browser.violations() == []  # with everything unfolded, from here on
    assert browser.too_wide() == []
