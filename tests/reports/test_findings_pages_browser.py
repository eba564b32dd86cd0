"""Pages of break-even, frontier and ranking in a browser: opened from disk without a network, used by hand, at two
widths, light and dark."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from tests.reports.browsing import (
    NEEDS_BROWSER,
    PATIENCE,
    WIDTHS,
    barriers,
    click,
    find,
    heading,
    look,
    searchable,
    started,
    texts,
    too_wide,
)
from tests.reports.findings_pages import KINDS, PAGES, page

pytestmark = NEEDS_BROWSER


@pytest.fixture(scope="module")
def browser() -> Iterator[Chrome]:
    driver = started()
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every page as a file."""
    folder = tmp_path_factory.mktemp("pages")
    found = {}
    for name in PAGES:
        found[name] = folder / f"{name.replace(' ', '-')}.html"
        found[name].write_text(page(name), encoding="utf-8")
    return found


@pytest.mark.parametrize("name", PAGES)
def test_opens_from_disk_without_a_network_and_without_an_error(
    browser: Chrome, files: dict[str, Path], name: str
) -> None:
    look(browser, files[name])
    for details in browser.find_elements(By.CSS_SELECTOR, "details.listing"):
        browser.execute_script("arguments[0].open = true", details)
    WebDriverWait(browser, PATIENCE).until(
        lambda shown: shown.execute_script(
            "return [...document.querySelectorAll('.listing .tools')].every((tools) => !tools.hidden)"
        )
    )
    assert browser.get_log("browser") == []
    assert browser.execute_script("return performance.getEntriesByType('resource').length") == 0
    assert browser.execute_script("return window.hacked") is None


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_wider_than_the_page(browser: Chrome, files: dict[str, Path], name: str, width: int) -> None:
    look(browser, files[name], width)
    assert too_wide(browser) == [0, []]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", KINDS)
def test_accessibility(browser: Chrome, files: dict[str, Path], name: str, width: int, scheme: str) -> None:
    look(browser, files[name], width, scheme)
    assert barriers(browser) == []


def test_first_rows_stay_as_they_are_when_the_script_takes_over(browser: Chrome, files: dict[str, Path]) -> None:
    """The page's script shows figures as the program does, in every table that is closed at first."""
    cells = """
        const rows = [...document.querySelectorAll('#' + arguments[0] + ' tbody tr')].slice(0, 10);
        return rows.map((row) => [...row.cells].map((cell) => cell.textContent));
    """
    for kind in KINDS:
        look(browser, files[kind])
        closed = browser.find_elements(By.CSS_SELECTOR, "details.listing:not([open])")
        for name in [details.get_attribute("id") for details in closed]:
            before = browser.execute_script(cells, name)
            searchable(browser, name.removeprefix("table-"))
            assert browser.execute_script(cells, name) == before, name


def test_picks_are_sorted_by_a_click(browser: Chrome, files: dict[str, Path]) -> None:
    look(browser, files["ranking"])
    table = searchable(browser, "picks")
    place, button = heading(table, "joins in")
    click(browser, button)
    assert texts(table, place) == ["66.7%", "100.0%", "100.0%"]
    click(browser, button)
    assert texts(table, place) == ["100.0%", "100.0%", "66.7%"]


def test_picks_are_filtered_by_a_click_and_searched(browser: Chrome, files: dict[str, Path]) -> None:
    look(browser, files["ranking"])
    table = searchable(browser, "picks")
    assert texts(table, 2) == ["alder", "birch", "cedar"]
    button = find(browser, ".filters button[data-value='likely']")
    click(browser, button)
    assert texts(table, 2) == ["birch"]
    assert button.get_attribute("aria-pressed") == "true"
    click(browser, find(browser, ".filters button[data-value='']"))
    assert texts(table, 2) == ["alder", "birch", "cedar"]
    table.find_element(By.CSS_SELECTOR, "input").send_keys("cedar")
    assert texts(table, 2) == ["cedar"]
    find(browser, ".filters button[data-value='certain']").send_keys(Keys.ENTER)
    assert texts(table, 2) == []


def test_break_even_is_searched(browser: Chrome, files: dict[str, Path]) -> None:
    look(browser, files["breakeven"])
    table = searchable(browser, "breakeven")
    table.find_element(By.CSS_SELECTOR, "input").send_keys("foodstuffs")
    assert texts(table, 3) == ["Foodstuffs"]


def test_link_of_a_chart_opens_its_table(browser: Chrome, files: dict[str, Path]) -> None:
    look(browser, files["frontier"])
    click(browser, find(browser, "#figure-frontier .behind a[href='#table-plans']"))
    WebDriverWait(browser, PATIENCE).until(lambda shown: find(shown, "#table-plans").get_attribute("open") is not None)


def test_pointer_on_a_chart_tells_its_figure(browser: Chrome, files: dict[str, Path]) -> None:
    look(browser, files["frontier"])
    point = find(browser, "#figure-frontier .wide [data-tip^='point 2']")
    browser.execute_script(
        "arguments[0].dispatchEvent(new PointerEvent('pointermove', {bubbles: true, clientX: 50, clientY: 50}))", point
    )
    assert find(browser, "#tip").text == point.get_attribute("data-tip")
    assert "proven to cost at least 250" in find(browser, "#tip").text


@pytest.mark.parametrize("name", KINDS)
def test_prints_on_paper(browser: Chrome, files: dict[str, Path], name: str) -> None:
    look(browser, files[name], scheme="dark")
    printed = browser.execute_cdp_cmd("Page.printToPDF", {"printBackground": False, "preferCSSPageSize": True})
    assert printed["data"].startswith("JVBERi")
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    look_of = "return getComputedStyle(document.querySelector(arguments[0]))[arguments[1]]"
    assert browser.execute_script(look_of, "body", "backgroundColor") == "rgb(255, 255, 255)"
    assert browser.execute_script(look_of, "nav", "display") == "none"
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
