"""The pages about a class in a real browser, headless Chromium: with axe-core, by keyboard, on a
phone; and each link and each fold is clicked."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.keys import Keys

from autograder.classroom.outputs.class_page.page import class_page
from autograder.classroom.regrades.page import comparison_page
from autograder.tests.browser import Browser, needs_chromium, started_chromium
from autograder.tests.classroom.made_up import ASSIGNMENT, a_class
from autograder.tests.classroom.regraded import a_fix

pytestmark = needs_chromium
PAGES = ("staff", "lecture", "regrade")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The class report for staff and for a lecture, and what a fix of the grader changed."""
    return {
        "staff": class_page(*a_class(), ASSIGNMENT),
        "lecture": class_page(*a_class(), ASSIGNMENT, anonymous=True),
        "regrade": comparison_page(a_fix(tmp_path_factory.mktemp("fix"))),
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


@pytest.mark.parametrize(
    ("name", "scheme"), [("staff", "light"), ("staff", "dark"), ("lecture", "light"),
                         ("regrade", "light"), ("regrade", "dark")]
)  # fmt: skip
def test_axe_finds_no_violation(
    browser: Browser, pages: dict[str, str], name: str, scheme: str
) -> None:
    """Unfolded, in light and in dark."""
    browser.load(pages[name], prefers_color_scheme=scheme)
    assert browser.violations() == []


@pytest.mark.parametrize("name", ["staff", "regrade"])
def test_everything_can_be_reached_by_keyboard(
    browser: Browser, pages: dict[str, str], name: str
) -> None:
    """Tab comes to each link, each fold and each table, one after the other."""
    browser.load(pages[name])
    assert browser.missed_by_tab() == []


@pytest.mark.parametrize("name", PAGES)
def test_a_phone_shows_it_without_scrolling_sideways(
    browser: Browser, pages: dict[str, str], name: str
) -> None:
    """At 320 pixels nothing is cut off; wide tables scroll by themselves."""
    browser.on_a_phone()
    browser.load(pages[name])
    assert browser.too_wide() == []


def test_each_link_leads_to_its_place(browser: Browser, pages: dict[str, str]) -> None:
    """A click on a link within the page scrolls to what it names."""
    browser.load(pages["staff"])
    browser.ask("document.documentElement.style.scrollBehavior = 'auto'")
    links = browser.ask(
        "return [...document.querySelectorAll('main a[href^=\"#\"]')].map(each => {"
        " each.click(); const target = document.querySelector(each.hash);"
        " return [each.hash, location.hash, target.getBoundingClientRect().top] })"
    )
    height = browser.ask("return innerHeight")
    assert len(links) > 15
    for asked, reached, top in links:
        assert asked == reached and 0 <= round(top) < height, asked


def test_who_handed_in_nothing_is_unfolded_by_keyboard(
    browser: Browser, pages: dict[str, str]
) -> None:
    """Enter shows the names, and hides them again."""
    browser.load(pages["staff"])
    browser.ask("document.querySelector('details > summary').focus()")
    opened = "return document.querySelector('details').open"
    browser.press(Keys.ENTER)
    assert browser.ask(opened) is True
    browser.press(Keys.ENTER)
    assert browser.ask(opened) is False
