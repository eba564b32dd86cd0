"""Pages in a browser: opened from disk without a network, at a width, in a colour scheme."""

import os
import shutil
from pathlib import Path

import pytest
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

BROWSER = shutil.which("chromium") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
AXE = Path(__file__).parent / "axe" / "axe.min.js"
WIDTHS = (1280, 400)
PATIENCE = 120.0
"""Seconds until something that a page should do counts as not done; the machine may have other work."""

# In continuous integration a missing browser is a failure, not a reason to skip.
NEEDS_BROWSER = pytest.mark.skipif(
    (BROWSER is None or DRIVER is None) and not os.environ.get("CI"), reason="no chromium with chromedriver here"
)


def started() -> Chrome:
    """A browser without a window and without a network."""
    options = ChromeOptions()
    options.binary_location = BROWSER or "chromium"
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = Chrome(options=options, service=Service(DRIVER or "chromedriver"))
    driver.set_script_timeout(PATIENCE)
    driver.execute_cdp_cmd("Network.enable", {})
    driver.execute_cdp_cmd(
        "Network.emulateNetworkConditions",
        {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0},
    )
    return driver


def look(browser: Chrome, file: Path, width: int = 1280, scheme: str = "light") -> None:
    """Open a page at a width, in a colour scheme, and wait until its script has run."""
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    browser.get("about:blank")
    browser.get_log("browser")
    browser.get(file.as_uri())
    WebDriverWait(browser, PATIENCE).until(
        lambda page: page.execute_script("return document.documentElement.dataset.ready")
    )


def find(browser: Chrome, selector: str) -> WebElement:
    return browser.find_element(By.CSS_SELECTOR, selector)


def click(browser: Chrome, element: WebElement) -> None:
    browser.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", element)
    element.click()


def played(browser: Chrome, button: str, label: str) -> list[str]:
    """What a label shows one after another while its slider runs by itself, until the button offers to play again."""
    watch = """
        const label = document.querySelector(arguments[0]);
        window.labels = [];
        new MutationObserver(() => window.labels.push(label.textContent)).observe(label, {childList: true});
    """
    browser.execute_script(watch, label)
    click(browser, find(browser, button))
    WebDriverWait(browser, PATIENCE).until(
        lambda page: find(page, button).text == "Play" and page.execute_script("return window.labels.length")
    )
    shown: list[str] = browser.execute_script("return window.labels")
    return shown


def searchable(browser: Chrome, name: str) -> WebElement:
    """A table that is open or is opened by a click on its title, once it can be searched."""
    table = find(browser, f"#table-{name}")
    if table.get_attribute("open") is None:
        click(browser, table.find_element(By.TAG_NAME, "summary"))
    WebDriverWait(browser, PATIENCE).until(lambda _: table.find_element(By.CSS_SELECTOR, ".tools").is_displayed())
    return table


def texts(table: WebElement, column: int) -> list[str]:
    return [cell.text for cell in table.find_elements(By.CSS_SELECTOR, f"tbody tr td:nth-child({column})")]


def heading(table: WebElement, text: str) -> tuple[int, WebElement]:
    """Number and button of a column."""
    buttons = table.find_elements(By.CSS_SELECTOR, "thead th button")
    return next((number, button) for number, button in enumerate(buttons, start=1) if button.text.startswith(text))


def too_wide(browser: Chrome) -> list[object]:
    """By how much the page is wider than its window, everything on it open, and what reaches out of it."""
    browser.execute_script("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    found: list[object] = browser.execute_script(
        """
        const room = document.documentElement.clientWidth;
        const beyond = [...document.querySelectorAll('body *')].filter((part) =>
            part.getBoundingClientRect().right > room + 1 && !part.closest('.scroll, .skip, .unseen, svg'));
        const names = beyond.map((part) => part.tagName + '.' + part.className);
        return [document.documentElement.scrollWidth - room, names];
        """
    )
    return found


def barriers(browser: Chrome) -> list[object]:
    """What axe-core finds that is serious or critical, everything on the page open."""
    browser.execute_script("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    browser.execute_script(AXE.read_text(encoding="utf-8"))
    found = browser.execute_async_script(
        """
        const done = arguments[arguments.length - 1];
        axe.run(document, {resultTypes: ['violations']}).then((result) => done(result.violations.map((finding) =>
            [finding.impact, finding.id, finding.nodes.slice(0, 3).map((node) => node.html.slice(0, 200))])));
        """
    )
    return [finding for finding in found if finding[0] in ("serious", "critical")]
