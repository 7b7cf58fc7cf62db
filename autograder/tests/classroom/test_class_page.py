"""The report on a class: what it says, to whom, and that nothing in it can do harm."""

import re
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest

from autograder.classroom.outputs.class_page.page import class_page, write_class_page
from autograder.classroom.submissions import Graded
from autograder.classroom.taking_in.handed import Handed
from autograder.model.verdict import Verdict
from autograder.tests.classroom.made_up import (
    ASSIGNMENT,
    NAMED,
    a_class,
    graded,
    loss,
    renamed,
    report,
    submission,
    timed,
)
from autograder.tests.render.page import Page
from autograder.tests.render.reports import CANARY, STAFF_CANARY, declaration, full_report


def page_of(*gradings: Graded, anonymous: bool = False) -> str:
    """The text of the page of these gradings."""
    handed = Handed(submissions=(submission(1), submission(2)))
    return words(class_page(handed, gradings, ASSIGNMENT, anonymous))


def words(page: str) -> str:
    """Every text of a page or a piece of one, with single spaces between and within them."""
    texts = " ".join(" ".join(Page(page).texts).split())
    return texts.replace("( ", "(").replace(" )", ")").replace(" , ", ", ").replace(" :", ":")


@pytest.fixture(scope="module")
def staff() -> str:
    """The staff's page of the class."""
    return class_page(*a_class(), ASSIGNMENT)


@pytest.fixture(scope="module")
def lecture() -> str:
    """The anonymous page of the same class."""
    return class_page(*a_class(), ASSIGNMENT, anonymous=True)


@pytest.mark.parametrize("page", ["staff", "lecture"])
def test_the_page_needs_nothing_else(page: str, request: pytest.FixtureRequest) -> None:
    """It is well formed and has no script, nothing from elsewhere, no style but its own."""
    text = request.getfixturevalue(page)
    parsed = Page(text)
    assert "://" not in text and "url(" not in text and "@import" not in text
    assert not {tag for tag, _ in parsed.tags} & {"script", "link", "img", "iframe", "form"}
    names = {name for _, attributes in parsed.tags for name in attributes}
    assert not {name for name in names if name.startswith("on") or name in ("style", "src")}
    policy = [m["content"] for m in parsed.all("meta") if "http-equiv" in m]
    assert policy and "default-src 'none'; style-src 'sha256-" in str(policy)


@pytest.mark.parametrize("page", ["staff", "lecture"])
def test_headings_links_and_tables_are_in_order(page: str, request: pytest.FixtureRequest) -> None:
    """Headings go down one level at a time, ids are unique, links lead to them, th have scopes."""
    parsed = Page(request.getfixturevalue(page))
    levels = [int(tag[1]) for tag, _ in parsed.tags if re.fullmatch(r"h[1-6]", tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = [attributes["id"] for _, attributes in parsed.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    links = [str(a["href"]) for a in parsed.all("a")]
    assert {link[1:] for link in links if link.startswith("#")} <= set(ids)
    assert all(th.get("scope") in ("row", "col") for th in parsed.all("th"))


def test_the_head_counts_the_class(staff: str) -> None:
    """Submissions, students, what became of them, who handed in nothing, the median score."""
    assert (
        "Median score 7; 42 points and 4 of extra credit can be earned 9 submissions of 9"
        " students, 6 graded, 1 not graded, 1 grader error, 1 set aside, nothing from 1 student"
    ) in words(staff)


def test_what_needs_a_person_is_listed_with_its_reason(staff: str) -> None:
    """Not graded, set aside, our errors, notices for staff, who is missing, notes on files."""
    said = words(staff)
    for text in (
        f"6 {NAMED} Student 6 {NAMED} a notice {STAFF_CANARY}: the submission reads /proc",
        f"7 {NAMED} Student 7 {NAMED} not graded no sgd.py {NAMED}",
        f"8 {NAMED} Student 8 {NAMED} grader error disk {NAMED}",
        f"9 {NAMED} Student 9 {NAMED} set aside killed twice {NAMED}",
        f"Nothing was handed in by 1 student Student 10 {NAMED}",
        f"1 note on files that were handed in 2 {NAMED} Student 2 {NAMED}: note {NAMED}",
        f"left out: {NAMED}",
    ):
        assert text in said


def test_submissions_lead_to_their_reports(staff: str) -> None:
    """Those that have one; others are no links."""
    links = {str(a["href"]) for a in Page(staff).all("a")}
    of_staff = {link for link in links if not link.startswith("#")}
    assert f"staff/8%20{NAMED}/report.html" in of_staff
    assert all(re.fullmatch(rf"staff/[1-68]%20{NAMED}/report\.html", link) for link in of_staff)


def test_a_check_shows_who_passed_and_the_commonest_mistakes(staff: str) -> None:
    """Errors of ours do not count as failures; the commonest mistake comes first."""
    card = re.search(
        r'<article class="check" id="check_loss_is_the_mean".*?</article>', staff, re.S
    )
    assert card
    assert words(card[0]) == (
        "The loss is the mean passed 2 of 5, 40 % passed 2 of 5, 40 % 1 grader error, 3 wrong"
        " 1 grader error, 3 wrong Commonest recognised mistakes:"
        " 2 submissions: the sum is returned, not the mean 1 submission: everything is zero"
    )


def test_mistakes_with_secret_inputs_are_for_staff(staff: str, lecture: str) -> None:
    """The staff see what a hidden check has recognised; a lecture does not show it."""
    cards = [
        re.search(r'id="check_loss_on_other_shapes".*?</article>', page, re.S)
        for page in (staff, lecture)
    ]
    assert ["the sum is returned" in card[0] for card in cards if card] == [True, False]


def test_points_lost_are_of_decided_gradings(staff: str) -> None:
    """On average over the submissions in which something was decided, most in all first."""
    rows = re.search(r'<h2 id="lost">.*?<tbody>(.*?)</tbody>', staff, re.S)
    assert rows and "1.1 The loss is the mean 3.6 of 6 passed 2 of 5, 40 %" in words(rows[1])


def test_budgets_noise_time_and_our_errors_are_there(staff: str) -> None:
    """Each with the submissions that it is about."""
    said = words(staff)
    for text in (
        "one epoch time The epoch is fast: 2 of 5 over, 1 too noisy to tell",
        "Half of the gradings took at most 1.5 s, the slowest 1 min 3 s",
        f"2.1 The epoch is fast: 1 submission (5 {NAMED} Student 5 {NAMED})",
        f"1.1 The loss is the mean 1 submission: OSError: disk full {NAMED} (8 {NAMED}",
        "Not active for every submission: seccomp.",
        "isolation: seccomp not on this system (6), active (1)",
    ):
        assert text in said, text


def test_a_lecture_names_no_student_and_no_secret(lecture: str) -> None:
    """No name, no id, no text about one submission, nothing of a hidden check's content."""
    for canary in (NAMED, STAFF_CANARY, CANARY, "staff/", "Staff copy"):
        assert canary not in lecture
    said = words(lecture)
    assert "4 cases: the staff's copy lists them." in said
    assert "1.1 The loss is the mean: 1 submission" in said
    assert "the slowest 1 min 3 s" in said


@pytest.mark.parametrize("anonymous", [False, True])
def test_markup_in_any_text_is_shown_as_text(anonymous: bool) -> None:
    """With hostile text in every place, the page has no script and shows the text as typed."""
    evil = "</style><script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7 * 7 }}"
    outcome = msgspec.structs.replace(
        loss(Verdict.WRONG, evil, evil, evil), check=declaration("loss", "1.1", title=evil)
    )
    broken = msgspec.structs.replace(outcome, verdict=Verdict.GRADER_ERROR)
    texts = {"isolation": {evil: evil}, "machine": {evil: evil}, "staff_notices": (evil,)}
    handed, _ = a_class()
    gradings = (
        graded(1, report(outcome, timed(1, undecided=True), **texts), problem=evil),
        msgspec.structs.replace(graded(2, report(broken)), id=evil),
    )
    text = class_page(renamed(handed, evil), gradings, ASSIGNMENT, anonymous)
    page = Page(text)
    assert not page.all("script") and not page.all("img")
    assert page.text.count(evil) >= (5 if anonymous else 15)


def test_control_characters_do_not_reach_the_page() -> None:
    """Escape sequences and lone surrogates of names and reasons are gone."""
    handed, gradings = a_class()
    text = class_page(renamed(handed, "a\x1b[31mb\x00c\ud800d"), gradings, ASSIGNMENT)
    text.encode("utf-8")
    assert "abc\ufffdd" in text and "\x1b" not in text and "\x00" not in text


def test_no_score_is_not_a_zero() -> None:
    """Where nothing was decided, there is no distribution, and the page says so."""
    error = graded(1, full_report(), **{"status": a_class()[1][7].status})
    said = page_of(error)
    assert "No submission has a score" in said and "Nothing was decided yet." in said
    assert "Scores of" not in said


def test_a_perfect_class_has_little_to_say() -> None:
    """No points lost, no noise, no errors, no one to look at."""
    said = page_of(graded(1, report(loss(Verdict.PASSED)), wall_s=1.0))
    for text in (
        "No submission does.",
        "In no check.",
        "No measurement was too noisy to tell.",
        "No check failed through our fault.",
    ):
        assert text in said


def test_the_same_class_makes_the_same_page_whatever_the_order() -> None:
    """Of equal counts the order is fixed; ties do not depend on what was graded first."""
    handed, gradings = a_class()
    once = class_page(handed, gradings, ASSIGNMENT, anonymous=True)
    assert once == class_page(handed, gradings, ASSIGNMENT, anonymous=True)


def test_the_page_is_written_in_one_step(tmp_path: Path) -> None:
    """As UTF-8; an earlier page is replaced."""
    path = tmp_path / "class.html"
    path.write_text("old")
    write_class_page(path, *a_class(), ASSIGNMENT)
    assert path.read_text(encoding="utf-8") == class_page(*a_class(), ASSIGNMENT)
