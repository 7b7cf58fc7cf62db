"""Headless Chromium, in which the tests look at pages: with axe-core, by keyboard, on a phone."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_core_python.selenium import Axe  # type: ignore[import-untyped]
from selenium import webdriver
from selenium.webdriver.common.keys import Keys

_BROWSER = next(filter(None, map(shutil.which, ("chromium", "google-chrome", "chrome"))), None)
_DRIVER = shutil.which("chromedriver")
_PHONE = 320  # pixels; also a window of 1280 enlarged four times
FOCUSABLE = "a[href], summary, pre[tabindex], [role=region][tabindex]"
needs_chromium = pytest.mark.skipif(
    not (_BROWSER and _DRIVER), reason="NOT TESTED HERE: Chromium or chromedriver is missing"
)


class Browser:
    """Chromium with a page that a test shows."""

    def __init__(self, driver: webdriver.Chrome, folder: Path) -> None:
        self.driver, self._folder = driver, folder
        driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})

    def load(self, text: str, media: str = "", **features: str) -> None:
        """Load a page, with these features of its medium."""
        page = self._folder / "page.html"
        page.write_text(text, encoding="utf-8")
        chosen = [{"name": name.replace("_", "-"), "value": v} for name, v in features.items()]
        self.driver.execute_cdp_cmd(
            "Emulation.setEmulatedMedia", {"media": media, "features": chosen}
        )
        self.driver.get(page.as_uri())

    def ask(self, script: str) -> Any:
        """What a script returns."""
        return self.driver.execute_script(script)

    def press(self, *keys: str) -> None:
        """Type on the keyboard."""
        webdriver.ActionChains(self.driver).send_keys(*keys).perform()

    def on_a_phone(self) -> None:
        """From now on, pages are as wide as a phone."""
        size = {"width": _PHONE, "height": 640, "deviceScaleFactor": 2, "mobile": True}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)

    def violations(self) -> list[tuple[str, list[str]]]:
        """What axe-core finds, with everything unfolded: each rule, and where it is broken."""
        self.ask("document.querySelectorAll('details').forEach(each => each.open = true)")
        found = Axe().run(self.driver)
        assert len(found["passes"]) > 20
        return [(v["id"], [node["html"] for node in v["nodes"]]) for v in found["violations"]]

    def too_wide(self) -> list[str]:
        """What a phone cuts off, or what makes it scroll sideways; tables scroll by themselves."""
        assert self.ask("return document.documentElement.scrollWidth") <= _PHONE
        found: list[str] = self.ask(
            "return [...document.querySelectorAll('body *')].filter(each =>"
            " !each.closest('.scroll, .skip, svg')"
            f" && each.getBoundingClientRect().right > {_PHONE + 1}"
            ").map(each => each.outerHTML.slice(0, 200))"
        )
        return found

    def missed_by_tab(self) -> list[int]:
        """By number, what can be focused and the Tab key, from the top, does not come to next."""
        shown = (
            f"[...document.querySelectorAll('{FOCUSABLE}')].filter(each => each.checkVisibility())"
        )
        count = self.ask(f"return {shown}.length")
        assert count > 3
        missed = []
        for number in range(count):
            self.press(Keys.TAB)
            if self.ask(f"return {shown}.indexOf(document.activeElement)") != number:
                missed.append(number)
        return missed


@contextmanager
def started_chromium() -> Iterator[webdriver.Chrome]:
    """A browser, for all tests of a file."""
    options = webdriver.ChromeOptions()
    options.binary_location = str(_BROWSER)
    options.add_argument("--headless=new")
    options.add_argument("--disable-dev-shm-usage")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.add_argument("--no-sandbox")  # Chromium has none for root; the page is our own
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(str(_DRIVER)))
    try:
        yield driver
    finally:
        driver.quit()
