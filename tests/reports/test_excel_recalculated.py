"""The Excel report recalculated by LibreOffice: every formula comes to the program's figure, and the checks find what
somebody changes in the plan for the worse."""

import math
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest

from models.costs import charges_of
from models.instance import Instance
from models.plan import Plan, Result, Status
from models.verifier import verify
from reports.background import Background
from reports.excel import write_excel
from reports.excel.formula import TOLERANCE
from tests.models.budgeted_instance import budgeted_instance, budgeted_plan
from tests.models.measures.programme import programme, programme_plan
from tests.models.small_instance import changed, with_county, with_policy
from tests.reports.recalculation import broken_rules, formula_cells, needs_libreoffice, recalculated
from tests.reports.test_excel_checks import sheets_of

pytestmark = [needs_libreoffice, pytest.mark.slow]

BUDGETED = with_county(
    with_policy(
        budgeted_instance(), local_input_share=0.1, local_input_scope="nation", disparity_limit=1.0, dispersion_cap=0.9
    ),
    "alder",
    name="=1+1",
    local_name="@SUM(A1)",
)
PLAN = budgeted_plan(BUDGETED)


class Change(NamedTuple):
    """A value of the plan put in place of another."""

    variable: str
    index: tuple[Any, ...]
    value: float


CHANGES = (
    Change("select", ("cedar", 2029), 0),
    Change("start", ("alder", "food-county", 2028), 3),
    Change("produce", ("birch", "food-provincial", 2029), 450),
    Change("produce", ("cedar", "food-county", 2027), 5),
    Change("produce_existing", ("alder", "cloth", 2028), 5),
    Change("ship", ("birch", "cedar", "food", 2029), 160),
    Change("imports", ("cedar", "food", 2028), 900),
    Change("shortage", ("alder", "cloth", 2027), -4),
    Change("local_input", ("alder", "grain", 2029), 95),
    Change("central_funds", ("cedar", 2029), 300),
    Change("central_labour", ("cedar", 2029), 40),
    Change("central_material", ("birch", "steel", 2027), 30),
    Change("remittance", ("birch", 2029), 90),
    Change("priority_fund", ("birch", 2028), 20),
    Change("reserve", (2028,), 20),
)


def result_of(instance: Instance, plan: Plan) -> Result:
    charges = charges_of(instance, plan)
    cost = sum(charge.amount for charge in charges)
    return Result(Status.SOLVED, plan, cost, cost, 0.0, 0.1, "HiGHS", charges, ())


def write(path: Path, instance: Instance, plan: Plan) -> Path:
    write_excel(path, instance, result_of(instance, plan), Background("a.xlsx", ""), county_sheets=True)
    return path


def place_of(change: Change) -> tuple[str, str]:
    """Sheet and cell of the value that a change replaces."""
    sheets, _ = sheets_of(BUDGETED, PLAN)
    blocks = dict(sheets.decisions)
    *key, year = change.index
    if not key:
        text = blocks[change.variable].at(year).text
    else:
        text = blocks[change.variable].at(tuple(key) if len(key) > 1 else key[0], year).text
    found = re.fullmatch(r"'(.+)'!\$([A-Z]+)\$(\d+)", text)
    assert found is not None
    return found[1], found[2] + found[3]


def with_change(path: Path, change: Change, changed_path: Path) -> Path:
    """A copy of a workbook with a value of the plan changed, and no values beside its formulas."""
    book = openpyxl.load_workbook(path)
    title, cell = place_of(change)
    assert book[title][cell].data_type == "n"
    book[title][cell].value = change.value
    book.save(changed_path)
    return changed_path


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, tuple[Path, Path]]:
    """Workbooks as written and as recalculated, by name; a change is named by its number."""
    folder = tmp_path_factory.mktemp("recalculated")
    written = {
        "programme": write(folder / "programme.xlsx", programme(), programme_plan()),
        "budgeted": write(folder / "budgeted.xlsx", BUDGETED, PLAN),
    }
    sheets_of(BUDGETED, PLAN, folder / "checks.xlsx")
    for number, change in enumerate(CHANGES):
        written[str(number)] = with_change(folder / "checks.xlsx", change, folder / f"change-{number}.xlsx")
    written["report"] = with_change(written["budgeted"], CHANGES[0], folder / "report.xlsx")
    done = recalculated(list(written.values()), folder)
    return {name: (path, again) for (name, path), again in zip(written.items(), done, strict=True)}


@pytest.mark.parametrize("name", ["programme", "budgeted"])
def test_every_formula_comes_to_the_stored_figure(files: Mapping[str, tuple[Path, Path]], name: str) -> None:
    written, again = files[name]
    found = {cell[:2]: cell[3] for cell in formula_cells(again)}
    wrong, count = [], 0
    for sheet, cell, formula, value in formula_cells(written):
        count += 1
        if not same(value, found[sheet, cell]):
            wrong.append((sheet, cell, formula, value, found[sheet, cell]))
    assert not wrong, wrong[:10]
    assert count > 1_500


def same(one: object, other: object) -> bool:
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return math.isclose(one, other, rel_tol=1e-6, abs_tol=1e-9)
    return (one or "") == (other or "")


def test_a_plan_as_solved_is_kept(files: Mapping[str, tuple[Path, Path]]) -> None:
    assert broken_rules(files["programme"][1]) == broken_rules(files["budgeted"][1]) == set()


@pytest.mark.parametrize("number", range(len(CHANGES)))
def test_a_changed_cell_turns_the_right_checks_red(files: Mapping[str, tuple[Path, Path]], number: int) -> None:
    change = CHANGES[number]
    plan = changed(PLAN, **{change.variable: {change.index: change.value}})
    expected = {violation.rule for violation in verify(BUDGETED, plan, TOLERANCE)}
    assert expected
    assert broken_rules(files[str(number)][1]) - {"lanes"} == expected
    assert "✗" in openpyxl.load_workbook(files[str(number)][1], data_only=True)["Checks"]["A2"].value


def test_the_summary_tells_a_broken_rule(files: Mapping[str, tuple[Path, Path]]) -> None:
    told = openpyxl.load_workbook(files["report"][1], data_only=True)
    assert "✗" in told["Summary"]["A5"].value
    assert told["Summary"]["A5"].value == told["Checks"]["A2"].value
    joining = {row[0].value: row[1].value for row in told["Summary"].iter_rows(max_row=20)}
    assert joining["Joining in 2029"] == 0


def test_text_of_users_is_text_after_recalculation(files: Mapping[str, tuple[Path, Path]]) -> None:
    book = openpyxl.load_workbook(files["budgeted"][1])
    texts = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value in ("=1+1", "@SUM(A1)")]
    assert len(texts) > 10
    assert {cell.data_type for cell in texts} == {"s"}


def test_no_cell_is_an_error(files: Mapping[str, tuple[Path, Path]]) -> None:
    for name in ("programme", "budgeted"):
        book = openpyxl.load_workbook(files[name][1], data_only=True)
        errors = [
            (sheet.title, cell.coordinate, cell.value)
            for sheet in book
            for row in sheet.iter_rows()
            for cell in row
            if cell.data_type == "e"
        ]
        assert not errors
