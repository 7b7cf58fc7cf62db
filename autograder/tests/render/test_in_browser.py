"""The HTML report in a real browser, headless Chromium: with axe-core, by keyboard, on a phone."""

import base64
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_core_python.selenium import Axe  # type: ignore[import-untyped]
from selenium import webdriver
from selenium.webdriver.common.keys import Keys

from autograder.grading.declaring.explanation import Explanation, Passage
from autograder.render.html.page import render
from autograder.tests.render.reports import full_report

_BROWSER = next(filter(None, map(shutil.which, ("chromium", "google-chrome", "chrome"))), None)
_DRIVER = shutil.which("chromedriver")
_FOCUSABLE = "a[href], summary, pre[tabindex]"
pytestmark = pytest.mark.skipif(
    not (_BROWSER and _DRIVER), reason="NOT TESTED HERE: Chromium or chromedriver is missing"
)


class Browser:
    """Chromium with the page of a full report."""

    def __init__(self, driver: webdriver.Chrome, folder: Path) -> None:
        self.driver, self._folder = driver, folder

    def show(self, *, staff: bool = False, **media: str) -> None:
        """Load the page, with every part of it unfolded and these features of its medium."""
        page = self._folder / "report.html"
        page.write_text(render(full_report(), staff=staff, explanations=explanations()))
        medium = media.pop("media", "")
        features = [{"name": name.replace("_", "-"), "value": v} for name, v in media.items()]
        emulated = {"media": medium, "features": features}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", emulated)
        self.driver.get(page.as_uri())

    def ask(self, script: str) -> Any:
        """What a script returns."""
        return self.driver.execute_script(script)

    def press(self, *keys: str) -> None:
        """Type on the keyboard."""
        webdriver.ActionChains(self.driver).send_keys(*keys).perform()


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
    options = webdriver.ChromeOptions()
    options.binary_location = str(_BROWSER)
    options.add_argument("--headless=new")
    options.add_argument("--disable-dev-shm-usage")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.add_argument("--no-sandbox")  # Chromium has none for root; the page is our own
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(str(_DRIVER)))
    yield driver
    driver.quit()


@pytest.fixture
def browser(chromium: webdriver.Chrome, tmp_path: Path) -> Browser:
    """The browser, with a folder for the page."""
    chromium.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    return Browser(chromium, tmp_path)


@pytest.mark.parametrize("staff", [False, True])
@pytest.mark.parametrize(
    "media",
    [{"prefers_color_scheme": "light"}, {"prefers_color_scheme": "dark"}, {"media": "print"}],
    ids=lambda media: next(iter(media.values())),
)
def test_axe_finds_no_violation(browser: Browser, media: dict[str, str], staff: bool) -> None:
    """Unfolded, in light, in dark and as printed, for students and for staff."""
    browser.show(staff=staff, **media)
    browser.ask("document.querySelectorAll('details').forEach(each => each.open = true)")
    found = Axe().run(browser.driver)

    told = [(v["id"], [node["html"] for node in v["nodes"]]) for v in found["violations"]]
    assert told == []
    assert len(found["passes"]) > 20


def test_everything_can_be_reached_by_keyboard(browser: Browser) -> None:
    """Tab shows the link to the checks first, then comes to each link and each thing to unfold."""
    browser.show()
    browser.press(Keys.TAB)
    assert browser.ask("return document.activeElement.className") == "skip"
    assert browser.ask("return document.activeElement.getBoundingClientRect().left") >= 0
    browser.press(Keys.ENTER)
    assert browser.driver.current_url.endswith("#checks")

    browser.show()
    shown = f"[...document.querySelectorAll('{_FOCUSABLE}')].filter(each => each.checkVisibility())"
    count = browser.ask(f"return {shown}.length")
    at = f"return {shown}.indexOf(document.activeElement)"
    visited = []
    for _ in range(count):
        browser.press(Keys.TAB)
        visited.append(browser.ask(at))
    assert visited == list(range(count)) and count > 10


def test_a_check_is_unfolded_by_keyboard(browser: Browser) -> None:
    """Enter on the line `What this check does` shows it, as Markdown."""
    browser.show()
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
    size = {"width": 320, "height": 640, "deviceScaleFactor": 2, "mobile": True}
    browser.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    browser.show()
    assert browser.ask("return document.documentElement.scrollWidth") <= 320
    wide = """return [...document.querySelectorAll('body *')].filter(each =>
        !each.closest('.scroll, .skip, svg') && each.getBoundingClientRect().right > 321
    ).map(each => each.outerHTML.slice(0, 200))"""
    assert browser.ask(wide) == []


def test_it_prints_dark_on_white(browser: Browser) -> None:
    """Also where the screen is dark; on several pages."""
    browser.show(media="print", prefers_color_scheme="dark")
    colours = "const s = getComputedStyle(document.body); return [s.color, s.backgroundColor]"
    assert browser.ask(colours) == ["rgb(27, 36, 48)", "rgb(255, 255, 255)"]
    printed = base64.b64decode(browser.driver.print_page())
    assert printed.startswith(b"%PDF") and printed.count(b"/Type /Page\n") > 1
