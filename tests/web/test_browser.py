"""The desk in a real browser: headless Chromium over the demo archive. CI must run it; elsewhere it is skipped without Chromium."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
if not (CHROMIUM and DRIVER) and os.environ.get("GOVNEWS_BROWSER") != "required":
    pytest.skip("no chromium and chromedriver here: .ci/browser installs them", allow_module_level=True)
PAGES = (
    "/",
    "/search?q=县委",
    "/county/990101",
    "/month/2024-05",
    "/dictionary",
    "/archive/articles",
    "/archive/gaps_in_coverage",
    "/archive?sql=select+1",
)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM or ""
    for word in ("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--lang=en"):
        options.add_argument(word)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    yield driver
    driver.quit()


@pytest.fixture(autouse=True)
def quiet(browser: webdriver.Chrome, address: str) -> Iterator[None]:
    """After each test: nothing in the console, nothing asked of anyone else."""
    browser.get_log("browser"), browser.get_log("performance")
    yield
    assert browser.get_log("browser") == []
    asked = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    urls = [m["params"]["request"]["url"] for m in asked if m["method"] == "Network.requestWillBeSent"]
    assert urls and all(url.startswith((address, "data:")) for url in urls), urls


def width(browser: webdriver.Chrome, pixels: int, *, phone: bool = False) -> None:
    size = {"width": pixels, "height": 844, "deviceScaleFactor": 1, "mobile": phone}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


def test_search_open_history_download(browser: webdriver.Chrome, address: str, demo: Path, tmp_path: Path) -> None:
    width(browser, 1200)
    browser.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)})
    browser.get(address + "/?lang=zh")
    box = browser.find_element(By.ID, "q")
    box.send_keys("县委", Keys.ENTER)
    WebDriverWait(browser, 10).until(lambda there: "/search" in there.current_url)
    hits = browser.find_elements(By.CSS_SELECTOR, ".hits h3 a")
    assert len(hits) == 2 and all(m.text == "县委" for m in browser.find_elements(By.TAG_NAME, "mark"))
    browser.find_element(By.LINK_TEXT, "CSV").click()
    for _ in range(100):
        if (tmp_path / "govnews-search.csv").exists():
            break
        time.sleep(0.1)
    assert len((tmp_path / "govnews-search.csv").read_text("utf-8-sig").splitlines()) == 3
    with sqlite3.connect(f"{demo.as_uri()}?mode=ro", uri=True) as archive:
        title = archive.execute("SELECT title FROM edits").fetchone()[0]
    browser.find_element(By.LINK_TEXT, title).click()
    assert browser.find_element(By.TAG_NAME, "h1").text == title
    history = browser.find_element(By.ID, "history")
    assert "修改历史" in history.text
    assert history.find_elements(By.TAG_NAME, "del") and history.find_elements(By.TAG_NAME, "ins")
    assert "lang=zh" in browser.current_url  # the language stays


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("pixels", [360, 1200])
def test_no_page_is_wider_than_the_screen(browser: webdriver.Chrome, address: str, path: str, pixels: int) -> None:
    width(browser, pixels, phone=pixels < 500)
    browser.get(address + path)
    assert browser.execute_script("return document.documentElement.scrollWidth") <= pixels


def test_by_keyboard(browser: webdriver.Chrome, address: str) -> None:
    """Tab goes to the skip link, through the navigation, to the search box; each control has a name."""
    width(browser, 1200)
    browser.get(address + "/search?lang=en")
    order = []
    for _ in range(8):
        browser.switch_to.active_element.send_keys(Keys.TAB)
        order.append(browser.switch_to.active_element)
    assert [e.accessible_name for e in order] == [
        "Skip to the content", "govnews desk", "Search", "Data dictionary", "Tables and SQL", "中文", "Words to search for, in title and text", "Search",
    ]  # fmt: skip
    for control in browser.find_elements(By.CSS_SELECTOR, "main input:not([type=hidden]), main select, main button"):
        assert control.accessible_name
    browser.get(address + "/search?lang=en")
    browser.switch_to.active_element.send_keys(Keys.TAB)
    browser.switch_to.active_element.send_keys(Keys.ENTER)
    assert browser.switch_to.active_element.get_attribute("id") == "main"
