"""Reports of the shipped case, planned for its first year: in a browser, and recalculated by LibreOffice."""

import math
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner

from models.verifier import verify
from optimizer.command_line import app
from optimizer.solve import TOLERANCE
from reports.saved_result import SavedResult, load_result
from tests.models.small_instance import changed
from tests.reports.browsing import NEEDS_BROWSER, WIDTHS, barriers, look, started, too_wide
from tests.reports.recalculation import broken_rules, formula_cells, needs_libreoffice, recalculated
from tests.reports.test_excel_checks import sheets_of

pytestmark = pytest.mark.slow

MOST_BYTES = 8_000_000
SECONDS_TO_OPEN = 3.0


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The comparison of two variants, and the Excel report of one of them."""
    out = tmp_path_factory.mktemp("shipped")
    asked = ["compare", "dprk-20x10", "--variants", "hybrid,county", "--set", "Settings.last_year.value=2024"]
    told = CliRunner().invoke(app, [*asked, "--gap", "0.1", "--threads", "1", "-o", str(out)])
    assert told.exit_code == 0, told.output
    told = CliRunner().invoke(app, ["report", str(out / "dprk-20x10-hybrid.result.zip"), "-o", str(out)])
    assert told.exit_code == 0, told.output
    return out


@pytest.fixture(scope="module")
def saved(folder: Path) -> SavedResult:
    return load_result(folder / "dprk-20x10-hybrid.result.zip")


@NEEDS_BROWSER
def test_the_page_of_the_comparison(folder: Path) -> None:
    page = folder / "dprk-20x10-comparison.html"
    assert page.stat().st_size < MOST_BYTES
    browser = started()
    try:
        seconds = []
        for width in (*WIDTHS, WIDTHS[0]):
            look(browser, page, width)
            seconds.append(browser.execute_script("return performance.now()") / 1000)
            assert browser.get_log("browser") == []
            assert browser.execute_script("return performance.getEntriesByType('resource').length") == 0
            assert too_wide(browser) == [0, []]
        assert min(seconds) < SECONDS_TO_OPEN
        assert barriers(browser) == []
    finally:
        browser.quit()


@needs_libreoffice
def test_every_formula_comes_to_the_programs_figure(folder: Path, tmp_path: Path) -> None:
    written = folder / "dprk-20x10-hybrid.xlsx"
    (again,) = recalculated([written], tmp_path)
    found = {cell[:2]: cell[3] for cell in formula_cells(again)}
    stored = list(formula_cells(written))
    wrong = [cell for cell in stored if not same(cell[3], found[cell[:2]])]
    assert not wrong, wrong[:10]
    assert len(stored) > 20_000
    assert broken_rules(again) == set()


def same(one: object, other: object) -> bool:
    """Equal, numbers to a millionth."""
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return math.isclose(one, other, rel_tol=1e-6, abs_tol=1e-6)
    return (one or "") == (other or "")


@needs_libreoffice
def test_a_county_taken_out_turns_the_right_checks_red(folder: Path, saved: SavedResult, tmp_path: Path) -> None:
    instance, plan = saved.instance, saved.result.plan
    assert plan is not None
    chosen: Any = next(index for index, value in plan.select.items() if value > 0.5)
    expected = {violation.rule for violation in verify(instance, changed(plan, select={chosen: 0}), TOLERANCE)}
    assert "picks_per_year" in expected
    sheets, _ = sheets_of(instance, plan)
    place = re.fullmatch(r"'(.+)'!\$([A-Z]+)\$(\d+)", dict(sheets.decisions)["select"].at(*chosen).text)
    assert place is not None
    book = openpyxl.load_workbook(folder / "dprk-20x10-hybrid.xlsx")
    cell = book[place[1]][place[2] + place[3]]
    assert cell.value == 1
    cell.value = 0
    book.save(tmp_path / "changed.xlsx")
    (again,) = recalculated([tmp_path / "changed.xlsx"], tmp_path)
    assert broken_rules(again) - {"lanes"} == expected
