"""The page of a comparison in a browser: used by hand, at two widths, light and dark, without a network."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import Select, WebDriverWait

from tests.reports.browsing import (
    NEEDS_BROWSER,
    PATIENCE,
    WIDTHS,
    barriers,
    click,
    find,
    heading,
    look,
    played,
    searchable,
    started,
    texts,
    too_wide,
)
from tests.reports.comparison_pages import COMPARISONS, page

pytestmark = NEEDS_BROWSER
SECONDS_TO_OPEN = 3.0
FIRST, SECOND, THIRD = range(3)
"""Maps of the example."""
ALDER, BIRCH, CEDAR = range(3)
"""Counties of the example, in its order."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Chrome]:
    driver = started()
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every page as a file."""
    folder = tmp_path_factory.mktemp("comparisons")
    found = {}
    for name in COMPARISONS:
        found[name] = folder / f"{name.replace(' ', '-')}.html"
        found[name].write_text(page(name), encoding="utf-8")
    return found


def area(browser: Chrome, variant: int, county: int) -> WebElement:
    return find(browser, f".side[data-variant='{variant}'] [data-county='{county}']")


def fill(browser: Chrome, variant: int, county: int) -> str | None:
    return area(browser, variant, county).get_attribute("fill")


@pytest.mark.parametrize("name", COMPARISONS)
def test_opens_from_disk_without_a_network_and_without_an_error(
    browser: Chrome, files: dict[str, Path], name: str
) -> None:
    look(browser, files[name])
    assert browser.get_log("browser") == []
    assert browser.execute_script("return performance.getEntriesByType('resource').length") == 0
    assert browser.execute_script("return window.hacked") is None


def test_is_ready_soon_after_opening(browser: Chrome, files: dict[str, Path]) -> None:
    """The best of three, as the machine may have other work."""
    seconds = []
    for _ in range(3):
        look(browser, files["example"])
        seconds.append(browser.execute_script("return performance.now()") / 1000)
    assert min(seconds) < SECONDS_TO_OPEN


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", COMPARISONS)
def test_nothing_is_wider_than_the_page(browser: Chrome, files: dict[str, Path], name: str, width: int) -> None:
    look(browser, files[name], width)
    if browser.find_elements(By.ID, "side-county"):
        find(browser, "#side-county").send_keys(find(browser, "#side-counties option").get_attribute("value"))
    assert too_wide(browser) == [0, []]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["example", "no plans"])
def test_accessibility(browser: Chrome, files: dict[str, Path], name: str, width: int, scheme: str) -> None:
    look(browser, files[name], width, scheme)
    if name == "example":
        click(browser, area(browser, FIRST, ALDER))
    assert barriers(browser) == []


def test_slider_changes_every_map(browser: Chrome, files: dict[str, Path]) -> None:
    """Birch starts its provincial plant in 2030; cedar joins in 2031 and modernises a county one."""
    look(browser, files["example"])
    assert find(browser, "#side-year-shown").text == "2031"
    assert [fill(browser, variant, BIRCH) for variant in (FIRST, THIRD)] == ["var(--series-2)", "var(--joined)"]
    assert fill(browser, FIRST, CEDAR) == "var(--series-0)"
    find(browser, "#side-year").send_keys(Keys.ARROW_LEFT)
    assert find(browser, "#side-year-shown").text == "2030"
    assert find(browser, "#side-year").get_attribute("aria-valuetext") == "2030"
    assert [fill(browser, variant, CEDAR) for variant in (FIRST, SECOND, THIRD)] == ["var(--waiting)"] * 3
    assert find(browser, "#side-caption").text.startswith("2030: counties by scale of new plants")
    assert find(browser, ".side[data-variant='0'] .count").text == "1 × County, 1 × Provincial"
    assert find(browser, ".side[data-variant='2'] .count").text == "1 × County"


def test_play_runs_to_the_last_year(browser: Chrome, files: dict[str, Path]) -> None:
    look(browser, files["example"])
    assert played(browser, "#side-play", "#side-year-shown") == ["2030", "2031"]


def test_maps_show_plants_of_a_good(browser: Chrome, files: dict[str, Path]) -> None:
    look(browser, files["example"])
    Select(find(browser, "#side-good")).select_by_visible_text("Cloth")
    assert [fill(browser, FIRST, county) for county in (ALDER, BIRCH)] == ["var(--series-0)", "var(--joined)"]
    assert find(browser, "#side-caption").text.startswith("2031: counties by scale of new plants, Cloth")


def test_maps_shade_by_what_differs_from_the_base(browser: Chrome, files: dict[str, Path]) -> None:
    look(browser, files["example"])
    Select(find(browser, "#side-shade")).select_by_visible_text("other sources than first")
    assert find(browser, "[data-shade='changed']").is_displayed()
    assert not find(browser, "[data-shade='plants']").is_displayed()
    assert [fill(browser, variant, BIRCH) for variant in (FIRST, THIRD)] == ["var(--waiting)", "var(--steps-2)"]
    assert find(browser, ".side[data-variant='2'] .count").text == "1 of 3 counties"
    told = find(browser, ".side[data-variant='2'] .drawing").get_attribute("aria-label")
    assert told.startswith("Map of counties, variant third. 2031: counties with other sources than first")
    Select(find(browser, "#side-shade")).select_by_visible_text("year of joining")
    assert fill(browser, FIRST, CEDAR) == "var(--joins)"
    assert not find(browser, "#side-good").is_displayed()
    Select(find(browser, "#side-shade")).select_by_visible_text("demand met at home")
    assert str(fill(browser, FIRST, ALDER)).startswith("var(--steps-")


def test_a_county_is_told_in_every_variant(browser: Chrome, files: dict[str, Path]) -> None:
    look(browser, files["example"])
    find(browser, "#side-county").send_keys("birch, north")
    told = find(browser, "#side-details")
    assert told.find_element(By.TAG_NAME, "h4").text.lower() == "birch, north"
    rows = [row.text for row in told.find_elements(By.CSS_SELECTOR, "tbody tr")]
    assert [row.split()[0] for row in rows] == ["first", "second", "third"]
    assert "1 × Provincial, Suits" in rows[FIRST]
    assert "none until 2031" in rows[THIRD]
    assert "Suits: Provincial (there) → imports" in rows[THIRD]
    click(browser, area(browser, SECOND, CEDAR))
    assert told.find_element(By.TAG_NAME, "h4").text.lower() == "cedar, south"
    marks = browser.find_elements(By.CSS_SELECTOR, ".side .chosen")
    assert {mark.get_attribute("href") for mark in marks} == {f"#side-{CEDAR}"}


def test_first_rows_stay_as_they_are_when_the_script_takes_over(browser: Chrome, files: dict[str, Path]) -> None:
    """Also where figures have the format of their row, and differences a sign."""
    cells = """
        const rows = [...document.querySelectorAll('#' + arguments[0] + ' tbody tr')].slice(0, 10);
        return rows.map((row) => [...row.cells].map((cell) => cell.textContent));
    """
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    browser.get(files["example"].as_uri())
    names = [details.get_attribute("id") for details in browser.find_elements(By.CSS_SELECTOR, "details.listing")]
    before = {name: browser.execute_script(cells, name) for name in names}
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    look(browser, files["example"])
    for name in names:
        searchable(browser, str(name).removeprefix("table-"))
        assert browser.execute_script(cells, name) == before[name], name


def test_results_are_searched_and_sorted_by_figures(browser: Chrome, files: dict[str, Path]) -> None:
    look(browser, files["example"])
    table = searchable(browser, "results")
    table.find_element(By.CSS_SELECTOR, "input").send_keys("cost term")
    found = texts(table, 1)
    assert set(found) == {"Cost by term"}
    place, button = heading(table, "first")
    for sign in (1, -1):
        click(browser, button)
        amounts = [float(text.replace(",", "")) for text in texts(table, place)]
        assert amounts == sorted(amounts, reverse=sign < 0)
    assert max(amounts) == 2348
    place, _ = heading(table, "second less first")
    assert "-360" in texts(table, place)


def test_changes_are_filtered_by_a_place(browser: Chrome, files: dict[str, Path]) -> None:
    look(browser, files["example"])
    table = searchable(browser, "source_changes")
    table.find_element(By.CSS_SELECTOR, "input").send_keys("third birch")
    assert table.find_element(By.CSS_SELECTOR, ".state").text == "1–1 of 1 rows"


def test_link_of_a_chart_opens_its_table(browser: Chrome, files: dict[str, Path]) -> None:
    look(browser, files["example"])
    click(browser, find(browser, "#figure-source_changes .behind a"))
    opened = WebDriverWait(browser, PATIENCE)
    opened.until(lambda page: find(page, "#table-source_totals").get_attribute("open") is not None)


def test_pointer_on_a_chart_tells_its_figure(browser: Chrome, files: dict[str, Path]) -> None:
    look(browser, files["example"])
    for name in ("intervals", "cost_waterfall", "coverage_by_year", "supply_by_source", "source_changes"):
        part = find(browser, f"#figure-{name} .wide [data-tip]")
        browser.execute_script(
            "arguments[0].dispatchEvent(new PointerEvent('pointermove', {bubbles: true, clientX: 50, clientY: 50}))",
            part,
        )
        assert find(browser, "#tip").text == part.get_attribute("data-tip")


def test_prints_on_paper(browser: Chrome, files: dict[str, Path]) -> None:
    look(browser, files["example"], scheme="dark")
    printed = browser.execute_cdp_cmd("Page.printToPDF", {"printBackground": False, "preferCSSPageSize": True})
    assert printed["data"].startswith("JVBERi")
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    look_of = "return getComputedStyle(document.querySelector(arguments[0]))[arguments[1]]"
    assert browser.execute_script(look_of, "body", "backgroundColor") == "rgb(255, 255, 255)"
    assert browser.execute_script(look_of, "nav", "display") == "none"
    assert browser.execute_script(look_of, "#side-form", "display") == "none"
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
