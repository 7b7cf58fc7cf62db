"""Tests of the HTML report: safe, self-contained, accessible."""

import hashlib
import re
from base64 import b64encode
from itertools import pairwise

import pytest

from autograder.model.outcome import Message, Outcome, StudentLine
from autograder.model.report import Part
from autograder.model.verdict import Verdict
from autograder.render.html.page import render
from autograder.tests.render.page import Page
from autograder.tests.render.reports import (
    CANARY,
    STAFF_CANARY,
    declaration,
    full_report,
    passing_report,
    report_with_output,
)

LEAST_CONTRAST = 4.5  # WCAG 2 AA, for text of ordinary size


def test_the_page_is_well_formed_and_has_a_language() -> None:
    """Every tag that opens closes, in order."""
    page = Page(render(full_report()))

    assert page.all("html") == [{"lang": "en"}]
    assert len(page.all("h1")) == 1 and len(page.all("main")) == 1


def test_the_page_needs_nothing_else() -> None:
    """It has no script, nothing from elsewhere, and no style that its policy would refuse."""
    text = render(full_report())
    page = Page(text)

    assert "://" not in text and "url(" not in text and "@import" not in text
    assert not {tag for tag, _ in page.tags} & {"script", "link", "img", "iframe", "object", "form"}
    names = {name for _, attributes in page.tags for name in attributes}
    assert not {name for name in names if name.startswith("on") or name in ("style", "src")}
    assert all((a["href"] or "").startswith("#") for a in page.all("a"))


def test_the_policy_allows_only_the_page_s_own_style() -> None:
    """The hash in the Content-Security-Policy is that of the style element, to the byte."""
    text = render(full_report())
    style = text.split("<style>")[1].split("</style>")[0]

    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policies = [m["content"] for m in Page(text).all("meta") if "http-equiv" in m]
    assert policies == [
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    ]


def test_every_check_is_on_the_page() -> None:
    """Each outcome has an article with its verdict in words, its title and its points."""
    report = full_report()
    text = render(report)

    articles = re.findall(r"<article.*?</article>", text, re.DOTALL)
    assert len(articles) == len(report.outcomes)
    for outcome, article in zip(report.outcomes, articles, strict=True):
        said = Page(article).text
        assert outcome.verdict.word in said
        assert outcome.check.title.rstrip(".") in said
        assert f"/{outcome.check.points:g}" in said


def test_a_failed_check_shows_message_line_output_and_bar() -> None:
    """The page has the message, the student's line, the output and the measured amounts."""
    said = Page(render(full_report())).text

    for words in (
        "the loss is off by a factor of 64",
        "looks like: a sum over the batch where a mean was asked for",
        "sgd.py, line 18, in softmax_xent: return -np.sum(Y * logp)",
        "epoch 0: 2.3026\nepoch 1: 2.1100",
        "37.7 MB of 1.25 MB (over, 30 x)",
        "note: too noisy to tell: within the budget in 9 of 17 pairs",
        "autograder check sgd --part 1.1",
        "10 of 42 points, and 4 of 4 of extra credit (1 undecided)",
    ):
        assert words in said


def test_every_verdict_is_explained() -> None:
    """The page says how each verdict is to be read."""
    said = Page(render(passing_report())).text

    helps = [verdict.help.replace("`", "") for verdict in Verdict]
    assert all(verdict.sentence in said for verdict in Verdict)
    assert all(text in said for text in helps)


def test_facts_of_the_run_are_there() -> None:
    """Files with hashes, ignored files, machine, isolation and the time of grading are listed."""
    report = full_report()
    said = Page(render(report)).text

    for facts in (report.files, report.machine, report.isolation):
        assert all(name in said and value in said for name, value in facts.items())
    assert report.ignored[0] in said and report.graded_at in said


def test_every_picture_can_be_read_aloud() -> None:
    """Each svg has the role of an image, and a title and description as its first children."""
    text = render(full_report())

    pictures = re.findall(r"<svg[^>]*>", text)
    assert pictures and all('role="img"' in picture for picture in pictures)
    assert len(re.findall(r"<svg[^>]*><title>[^<]+</title><desc>[^<]+</desc>", text)) == len(
        pictures
    )


def test_tables_have_headers_and_headings_do_not_jump() -> None:
    """Every th names its scope; headings go down one level at a time; ids are unique."""
    page = Page(render(full_report()))

    assert all(th.get("scope") in ("row", "col") for th in page.all("th"))
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    labels = {attributes.get("aria-labelledby") for attributes in page.all("section")}
    targets = {(a["href"] or "")[1:] for a in page.all("a")}
    assert labels | targets <= set(ids)


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("dark", [False, True])
def test_text_has_contrast_in_light_and_dark(dark: bool) -> None:
    """Every pair of text and background colours meets WCAG AA."""
    style = render(full_report()).split("<style>")[1]
    block = style.split(":root")[2 if dark else 1].split("}")[0]
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))
    pairs = [(tone, f"{tone}-back") for tone in ("good", "bad", "warn", "dim")]
    pairs += [(front, back) for front in ("text", "soft", "link") for back in ("page", "card")]
    pairs += [("head-text", "head"), ("head-soft", "head"), ("text", "code"), ("text", "dim-back")]
    pairs += [("good", "card"), ("bad", "card")]

    def contrast(front: str, back: str) -> float:
        low, high = sorted((_luminance(colours[front]), _luminance(colours[back])))
        return (high + 0.05) / (low + 0.05)

    assert {p: contrast(*p) for p in pairs if contrast(*p) < LEAST_CONTRAST} == {}


def test_a_student_s_page_holds_no_canary() -> None:
    """Nothing of a hidden check's content or for staff is in the file, drawn or written."""
    text = render(full_report())

    assert CANARY not in text and STAFF_CANARY not in text
    assert "8675309" not in text and "8.68 MB" not in text and "8.67531e+06" not in text


def test_a_staff_page_says_so() -> None:
    """The staff's page has everything and warns at the top."""
    said = Page(render(full_report(), staff=True)).text

    assert "Staff copy." in said
    assert f"{CANARY} what" in said and f"{STAFF_CANARY} traceback" in said


def test_markup_in_any_text_is_shown_as_text() -> None:
    """With hostile text in every place, the page has no script and shows the text as typed."""
    evil = "</pre></style><script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7 * 7 }}"
    outcome = Outcome(
        check=declaration("loss", "1.1", title=evil, hint=evil),
        verdict=Verdict.WRONG,
        message=Message(evil, evil, evil, evil),
        lines=(StudentLine(evil, 1, evil, evil),),
        output=evil,
        note=evil,
        staff=evil,
    )
    report = full_report(
        title=evil,
        assignment=evil,
        outcomes=(outcome,),
        parts=(Part(id="1.1", title=evil, points=4, hours=1),),
        files={evil: evil},
        ignored=(evil,),
        notices=(evil,),
        staff_notices=(evil,),
        machine={evil: evil},
        isolation={evil: evil},
        graded_at=evil,
        seed=evil,
    )

    text = render(report, staff=True)

    page = Page(text)
    assert not page.all("script") and not page.all("img")
    assert page.text.count(evil) >= 20


def test_control_characters_do_not_reach_the_page() -> None:
    """Escapes, NUL and lone surrogates are gone, and the page is UTF-8."""
    text = render(report_with_output("a\x1b[31mb\x00c\ud800d"))

    text.encode("utf-8")
    assert "abc\ufffdd" in text
    assert not re.search(r"[\x00-\x08\x0b-\x1f]", text)


def test_a_huge_output_is_cut_visibly() -> None:
    """Ten megabytes of output make a page of tens of kilobytes that says what is missing."""
    text = render(report_with_output("x" * 10_000_000))

    assert len(text) < 60_000
    assert re.search(r"9 99\d \d{3} characters left out", text)


def test_two_renderings_are_equal() -> None:
    """Equal reports produce equal pages, in whatever order their mappings were filled."""
    first = full_report(machine={"a": "1", "b": "2"})
    second = full_report(machine={"b": "2", "a": "1"})

    assert render(first) == render(second)


def test_an_empty_report_still_makes_a_page() -> None:
    """With no outcome the page says that the grader failed."""
    said = Page(render(full_report(outcomes=()))).text

    assert "no check ran" in said and "The grader itself failed." in said
