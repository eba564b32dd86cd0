"""The HTML report in a browser: opened from disk without a network, used by hand, at two widths, light and dark.

Needs the programs chromium and chromedriver, which are looked for and never downloaded.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select, WebDriverWait

from tests.reports.browsing import (
    AXE,
    NEEDS_BROWSER,
    PATIENCE,
    WIDTHS,
    click,
    find,
    heading,
    look,
    played,
    searchable,
    started,
    texts,
)
from tests.reports.html_pages import PAGES, page

SECONDS_TO_OPEN = 3.0

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


def set_year(browser: Chrome, steps: int) -> None:
    """Move the slider with the arrow keys."""
    slider = find(browser, "#map-year")
    for _ in range(abs(steps)):
        slider.send_keys(Keys.ARROW_RIGHT if steps > 0 else Keys.ARROW_LEFT)


@pytest.mark.parametrize("name", PAGES)
def test_opens_from_disk_without_a_network_and_without_an_error(
    browser: Chrome, files: dict[str, Path], name: str
) -> None:
    look(browser, files[name])
    assert browser.get_log("browser") == []
    assert browser.execute_script("return performance.getEntriesByType('resource').length") == 0


@pytest.mark.parametrize("name", PAGES)
def test_opens_soon(browser: Chrome, files: dict[str, Path], name: str) -> None:
    """In one of three times, as the machine may have other work."""

    def seconds() -> float:
        look(browser, files[name])
        return browser.execute_script("return performance.getEntriesByType('navigation')[0].duration") / 1000

    assert any(seconds() < SECONDS_TO_OPEN for _ in range(3))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_wider_than_the_page(browser: Chrome, files: dict[str, Path], name: str, width: int) -> None:
    look(browser, files[name], width)
    browser.execute_script("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    wide = browser.execute_script(
        """
        const room = document.documentElement.clientWidth;
        const beyond = [...document.querySelectorAll('body *')].filter((part) =>
            part.getBoundingClientRect().right > room + 1 && !part.closest('.scroll, .skip, .unseen, svg'));
        const names = beyond.map((part) => part.tagName + '.' + part.className);
        return [document.documentElement.scrollWidth - room, names];
        """
    )
    assert wide == [0, []]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["example", "infeasible"])
def test_accessibility(browser: Chrome, files: dict[str, Path], name: str, width: int, scheme: str) -> None:
    """No finding of axe-core that is serious or critical, tables and details open."""
    look(browser, files[name], width, scheme)
    browser.execute_script("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    browser.execute_script(AXE.read_text(encoding="utf-8"))
    found = browser.execute_async_script(
        """
        const done = arguments[arguments.length - 1];
        axe.run(document, {resultTypes: ['violations']}).then((result) => done(result.violations.map((finding) =>
            [finding.impact, finding.id, finding.nodes.slice(0, 3).map((node) => node.html.slice(0, 200))])));
        """
    )
    assert [finding for finding in found if finding[0] in ("serious", "critical")] == []


def test_hostile_names_run_no_script(browser: Chrome, files: dict[str, Path]) -> None:
    look(browser, files["hostile"])
    for details in browser.find_elements(By.CSS_SELECTOR, "details.listing"):
        browser.execute_script("arguments[0].open = true", details)
    WebDriverWait(browser, PATIENCE).until(
        lambda page: page.execute_script(
            "return [...document.querySelectorAll('.listing .tools')].every((tools) => !tools.hidden)"
        )
    )
    assert browser.execute_script("return window.hacked") is None
    assert browser.find_elements(By.TAG_NAME, "img") == []
    assert browser.get_log("browser") == []


def test_slider_shows_another_year(browser: Chrome, files: dict[str, Path]) -> None:
    look(browser, files["example"])
    caption, shown = find(browser, "#map-caption"), find(browser, "#map-year-shown")
    assert (shown.text, caption.text.split(":")[0]) == ("2025", "2025")
    anju = find(browser, ".areas [data-county='0']")
    assert anju.get_attribute("fill") == "var(--joined)"
    flows = "#map-flows g:not([display])"
    assert browser.find_elements(By.CSS_SELECTOR, flows)
    set_year(browser, -1)
    assert shown.text == "2024"
    assert caption.text == (
        "2024: 1 county joins, 1 of 3 have joined by the end of the year; 3 plants have been started."
    )
    assert anju.get_attribute("fill") == "var(--joins)"
    assert not browser.find_elements(By.CSS_SELECTOR, flows)
    assert find(browser, "#map-year").get_attribute("aria-valuetext") == "2024"


def test_play_runs_through_the_years(browser: Chrome, files: dict[str, Path]) -> None:
    look(browser, files["example"])
    assert played(browser, "#map-play", "#map-year-shown") == ["2024", "2025"]


def test_map_shades_by_coverage_and_shows_flows_of_a_good(browser: Chrome, files: dict[str, Path]) -> None:
    look(browser, files["example"])
    Select(find(browser, "#map-shade")).select_by_visible_text("demand met at home")
    assert find(browser, "#key-coverage").is_displayed()
    assert not find(browser, "#key-joining").is_displayed()
    assert find(browser, ".areas [data-county='0']").get_attribute("fill") == "var(--steps-4)"  # 0.9 and 1
    Select(find(browser, "#map-good")).select_by_visible_text("Soap")
    shown = browser.find_elements(By.CSS_SELECTOR, "#map-flows g:not([display])")
    assert [flows.get_attribute("data-good") for flows in shown] == ["1"]
    Select(find(browser, "#map-good")).select_by_visible_text("none")
    assert not browser.find_elements(By.CSS_SELECTOR, "#map-flows g:not([display])")


def test_county_is_found_by_name_and_on_the_map(browser: Chrome, files: dict[str, Path]) -> None:
    look(browser, files["example"])
    find(browser, "#map-county").send_keys("chongsan, south")
    told = find(browser, "#map-details").text
    assert "Chongsan, South · 청산군" in told
    assert "3,000 people; joins in 2025." in told
    assert "2025: 1 × Big soap works" in told
    click(browser, find(browser, ".areas [data-county='2']"))
    assert "Bukchang, North" in find(browser, "#map-details").text
    assert "does not join the programme" in find(browser, "#map-details").text


def test_pointer_on_a_chart_tells_its_figure(browser: Chrome, files: dict[str, Path]) -> None:
    look(browser, files["example"])
    bar = find(browser, "#figure-plants_started .wide [data-tip]")
    browser.execute_script(
        "arguments[0].dispatchEvent(new PointerEvent('pointermove', {bubbles: true, clientX: 50, clientY: 50}))", bar
    )
    assert find(browser, "#tip").text == bar.get_attribute("data-tip")


def test_first_rows_stay_as_they_are_when_the_script_takes_over(browser: Chrome, files: dict[str, Path]) -> None:
    """The page's script shows figures as the program does, in every table."""
    look(browser, files["example"])
    names = [details.get_attribute("id") for details in browser.find_elements(By.CSS_SELECTOR, "details.listing")]
    cells = """
        const rows = [...document.querySelectorAll('#' + arguments[0] + ' tbody tr')].slice(0, 10);
        return rows.map((row) => [...row.cells].map((cell) => cell.textContent));
    """
    for name in names:
        before = browser.execute_script(cells, name)
        searchable(browser, name.removeprefix("table-"))
        assert browser.execute_script(cells, name) == before, name


def test_table_is_sorted_by_a_click_and_back_by_another(browser: Chrome, files: dict[str, Path]) -> None:
    look(browser, files["example"])
    table = searchable(browser, "picks")
    place, button = heading(table, "population")
    click(browser, button)
    assert texts(table, place) == ["1,000", "3,000"]
    head = table.find_element(By.CSS_SELECTOR, f"thead th:nth-child({place})")
    assert head.get_attribute("aria-sort") == "ascending"
    click(browser, button)
    assert texts(table, place) == ["3,000", "1,000"]
    assert head.get_attribute("aria-sort") == "descending"


def test_total_stays_last_when_sorted(browser: Chrome, files: dict[str, Path]) -> None:
    look(browser, files["example"])
    table = searchable(browser, "costs")
    place, button = heading(table, "total")
    for _ in range(2):
        click(browser, button)
        assert texts(table, 1)[-1] == "total"
        assert texts(table, place)[-1] == "12,000"


def test_table_is_searched(browser: Chrome, files: dict[str, Path]) -> None:
    look(browser, files["example"])
    table = searchable(browser, "supply")
    every = table.find_element(By.CSS_SELECTOR, ".state").text
    table.find_element(By.CSS_SELECTOR, "input").send_keys("2025 soap chongsan")
    assert texts(table, 1) == ["2025"]
    assert table.find_element(By.CSS_SELECTOR, ".state").text == "1–1 of 1 rows"
    table.find_element(By.CSS_SELECTOR, "input").send_keys(" nowhere")
    assert texts(table, 1) == []
    table.find_element(By.CSS_SELECTOR, "input").send_keys(Keys.CONTROL, "a", Keys.DELETE)
    assert table.find_element(By.CSS_SELECTOR, ".state").text == every


def test_link_of_a_chart_opens_its_table(browser: Chrome, files: dict[str, Path]) -> None:
    look(browser, files["example"])
    click(browser, find(browser, "#figure-plants_started .behind a"))
    WebDriverWait(browser, PATIENCE).until(lambda page: find(page, "#table-plants").get_attribute("open") is not None)


def test_prints_on_paper(browser: Chrome, files: dict[str, Path]) -> None:
    look(browser, files["example"], scheme="dark")
    printed = browser.execute_cdp_cmd("Page.printToPDF", {"printBackground": False, "preferCSSPageSize": True})
    assert printed["data"].startswith("JVBERi")
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    look_of = "return getComputedStyle(document.querySelector(arguments[0]))[arguments[1]]"
    assert browser.execute_script(look_of, "body", "backgroundColor") == "rgb(255, 255, 255)"
    assert browser.execute_script(look_of, "nav", "display") == "none"
    assert browser.execute_script(look_of, "#map-form", "display") == "none"
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
