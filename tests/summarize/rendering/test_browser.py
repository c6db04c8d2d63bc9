"""The page in a real browser; skipped where neither Chromium nor its driver is installed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from summarize.rendering import render
from tests.summarize.compose.written import report
from tests.summarize.rendering.hostile import ATTACKS, hostile_report

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

BROWSER = shutil.which("chromium") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not (BROWSER and DRIVER), reason="neither Chromium nor chromedriver is installed"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Chrome]:
    webdriver = pytest.importorskip("selenium.webdriver")
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = BROWSER
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    yield driver
    driver.quit()


def show(browser: Chrome, folder: Path, page: str, width: int = 1200, dark: bool = False) -> None:
    path = folder / "page.html"
    path.write_text(page, encoding="utf-8")
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
    browser.get(path.as_uri())


def test_hostile_text_does_nothing(browser: Chrome, tmp_path: Path) -> None:
    for attack in ATTACKS:
        show(browser, tmp_path, render(hostile_report(attack), "html"))
        assert browser.title != "preso"
        assert browser.execute_script("return document.scripts.length") == 0
        assert browser.execute_script("return document.images.length") == 0


def test_the_style_passes_the_policy_and_nothing_is_refused(browser: Chrome, tmp_path: Path) -> None:
    show(browser, tmp_path, render(report(), "html"))
    assert browser.execute_script("return getComputedStyle(document.querySelector('.pair')).display") == "grid"
    assert [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"] == []


def test_a_clause_of_the_summary_leads_to_its_evidence(browser: Chrome, tmp_path: Path) -> None:
    show(browser, tmp_path, render(report(), "html"))
    browser.find_element("css selector", ".clause.denial > a").click()
    assert browser.execute_script("return document.querySelector(':target').id") == "d1"


def test_a_warning_opens_under_the_keyboard(browser: Chrome, tmp_path: Path) -> None:
    show(browser, tmp_path, render(hostile_report("innocuo"), "html"))
    tip = "return getComputedStyle(document.querySelector('.tip')).visibility"
    assert browser.execute_script(tip) == "hidden"
    browser.execute_script("document.querySelector('.note button').focus()")
    assert browser.execute_script(tip) == "visible"


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_is_wider_than_the_window(browser: Chrome, tmp_path: Path, width: int) -> None:
    show(browser, tmp_path, render(report(), "html"), width)
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width


def test_columns_stack_on_a_phone(browser: Chrome, tmp_path: Path) -> None:
    columns = "return getComputedStyle(document.querySelector('.pair')).gridTemplateColumns.split(' ').length"
    show(browser, tmp_path, render(report(), "html"), 1200)
    assert browser.execute_script(columns) == 2
    show(browser, tmp_path, render(report(), "html"), 390)
    assert browser.execute_script(columns) == 1


LUMINANCE = """
const light = text => {
  const parts = text.match(/[\\d.]+/g).slice(0, 3).map(Number).map(value => value / 255)
    .map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
};
const behind = element => {
  for (let at = element; at; at = at.parentElement) {
    const color = getComputedStyle(at).backgroundColor;
    if (color !== 'rgba(0, 0, 0, 0)') return color;
  }
  return 'rgb(255, 255, 255)';
};
return [...document.querySelectorAll('h1, h2, h3, p, p a, p span, code, li, summary')].map(element => {
  const pair = [light(getComputedStyle(element).color), light(behind(element))].sort((a, b) => b - a);
  return [(pair[0] + 0.05) / (pair[1] + 0.05), element.className || element.tagName];
});
"""


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_text_stands_out_from_what_is_behind_it(browser: Chrome, tmp_path: Path, dark: bool) -> None:
    show(browser, tmp_path, render(hostile_report("innocuo"), "html"), dark=dark)
    weak = [pair for pair in browser.execute_script(LUMINANCE) if pair[0] < 4.5]
    assert weak == []
