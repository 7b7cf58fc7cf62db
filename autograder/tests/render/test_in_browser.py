"""The HTML report in a real browser, headless Chromium: with axe-core, by keyboard, on a phone."""

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.keys import Keys

from autograder.grading.declaring.explanation import Explanation, Passage
from autograder.render.html.page import render
from autograder.tests.browser import Browser, needs_chromium, started_chromium
from autograder.tests.render.reports import full_report

pytestmark = needs_chromium


def page(staff: bool = False) -> str:
    """The page of a full report."""
    return render(full_report(), staff=staff, explanations=explanations())


def explanations() -> dict[str, Explanation]:
    """Of every check, in Markdown."""
    said = (Passage("why", ("A *mean* of `x` that is **exact**, not `W[k] * x`.",)),)
    checks = [outcome.check for outcome in full_report().outcomes]
    return {
        check.id: Explanation(title=check.title, place="here", passages=said) for check in checks
    }


@pytest.fixture(scope="module")
def chromium() -> Iterator[webdriver.Chrome]:
    """A browser for all tests of this file."""
    with started_chromium() as driver:
        yield driver


@pytest.fixture
def browser(chromium: webdriver.Chrome, tmp_path: Path) -> Browser:
    """The browser, with a folder for the page."""
    return Browser(chromium, tmp_path)


@pytest.mark.parametrize("staff", [False, True])
@pytest.mark.parametrize(
    "media",
    [{"prefers_color_scheme": "light"}, {"prefers_color_scheme": "dark"}, {"media": "print"}],
    ids=lambda media: next(iter(media.values())),
)
def test_axe_finds_no_violation(browser: Browser, media: dict[str, str], staff: bool) -> None:
    """Unfolded, in light, in dark and as printed, for students and for staff."""
    browser.load(page(staff), **media)
    assert browser.violations() == []


def test_everything_can_be_reached_by_keyboard(browser: Browser) -> None:
    """Tab shows the link to the checks first, then comes to each link and each thing to unfold."""
    browser.load(page())
    browser.press(Keys.TAB)
    assert browser.ask("return document.activeElement.className") == "skip"
    assert browser.ask("return document.activeElement.getBoundingClientRect().left") >= 0
    browser.press(Keys.ENTER)
    assert browser.driver.current_url.endswith("#checks")

    browser.load(page())
    assert browser.missed_by_tab() == []


def test_a_check_is_unfolded_by_keyboard(browser: Browser) -> None:
    """Enter on the line `What this check does` shows it, as Markdown."""
    browser.load(page())
    browser.ask("document.querySelector('details:not([open]) > summary').focus()")
    browser.press(Keys.ENTER)
    shown = "document.activeElement.parentElement"
    assert browser.ask(f"return {shown}.open")
    marked = browser.ask(f"return {shown}.querySelector('dd').innerHTML")
    assert marked == (
        "A <em>mean</em> of <code>x</code> that is <strong>exact</strong>, not"
        " <code>W[k] * x</code>."
    )


def test_a_phone_shows_it_without_scrolling_sideways(browser: Browser) -> None:
    """At 320 pixels, which is also a window of 1280 enlarged four times, nothing is cut off."""
    browser.on_a_phone()
    browser.load(page())
    assert browser.too_wide() == []


def test_it_prints_dark_on_white(browser: Browser) -> None:
    """Also where the screen is dark; on several pages."""
    browser.load(page(), media="print", prefers_color_scheme="dark")
    colours = "const s = getComputedStyle(document.body); return [s.color, s.backgroundColor]"
    assert browser.ask(colours) == ["rgb(27, 36, 48)", "rgb(255, 255, 255)"]
    printed = base64.b64decode(browser.driver.print_page())
    assert printed.startswith(b"%PDF") and printed.count(b"/Type /Page\n") > 1
