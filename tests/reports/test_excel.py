"""The Excel report, read back cell by cell."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

import reports.excel
from models.plan import Status
from reports.background import Background
from reports.excel import write_excel
from reports.excel.summary import assumption_sentence
from reports.tables import PARTS, TABLES
from tests.reports.example import BACKGROUND, build_instance, build_result, stopped, without_plan

INSTANCE = build_instance()

SHEETS = [
    "Summary",
    "Contents",
    "Checks",
    "Charts",
    "Chosen counties",
    "Chosen by province",
    "Plants",
    "Package items",
    "Allocation",
    "Production",
    "Utilisation",
    "Existing industry",
    "Labour",
    "Raw materials",
    "Local inputs",
    "Comparative advantage",
    "Supply",
    "Coverage",
    "Self-sufficiency",
    "Own use",
    "Shipments",
    "Transport",
    "Equity",
    "Lorenz",
    "Dispersion",
    "Dispersion by province",
    "Costs by year",
    "Costs by province",
    "Who pays",
    "Central budget",
    "Limits",
    "Limits by rule",
    "Plan nation",
    "Plan provinces",
    "Plan joining",
    "Plan plants",
    "Plan existing",
    "Plan goods",
    "Plan people",
    "Plan lanes",
    "Plan raw materials",
    "Plan building",
    "Plan materials",
    "Plan data",
    "Assumptions",
    "Sources",
    "Provenance",
    "Columns",
]
FRONT = ["Summary", "Contents", "Assumptions", "Sources", "Provenance", "Columns"]
LIVE = ["Checks", "Charts", *(name for name in SHEETS if name.startswith("Plan "))]
LISTS = [name for name in SHEETS if name not in ("Summary", *LIVE)]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    path = tmp_path_factory.mktemp("report") / "report.xlsx"
    write_excel(path, INSTANCE, build_result(), BACKGROUND)
    return openpyxl.load_workbook(path, data_only=True)


@pytest.fixture(scope="module")
def formulas(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    path = tmp_path_factory.mktemp("report") / "report.xlsx"
    write_excel(path, INSTANCE, build_result(), BACKGROUND)
    return openpyxl.load_workbook(path)


def cells(sheet: Worksheet) -> list[Any]:
    return [cell for row in sheet.iter_rows() for cell in row]


def cell(sheet: Worksheet, heading: str, row: int) -> Any:
    """The cell under a heading; row 1 is the first below the headings."""
    headings = [top.value for top in sheet[1]]
    return sheet.cell(row + 1, headings.index(heading) + 1)


def test_sheets(book: Workbook) -> None:
    assert book.sheetnames == SHEETS


def test_headings_name_units(book: Workbook) -> None:
    for table in TABLES:
        if table.title in book.sheetnames and table.title not in FRONT:
            headings = [top.value for top in book[table.title][1]]
            assert headings == [column.heading(INSTANCE) for column in table.columns(INSTANCE)]
    headings = [top.value for top in book["Allocation"][1]]
    assert "central funds (million won)" in headings
    assert "central Cement (t)" in headings
    assert "local labour (person-years)" in headings
    assert "2025 (million won discounted to 2024)" in [top.value for top in book["Costs by year"][1]]


@pytest.mark.parametrize("name", LISTS)
def test_each_list_is_frozen_filtered_and_printable(book: Workbook, name: str) -> None:
    sheet = book[name]
    assert sheet.freeze_panes is not None
    assert sheet.freeze_panes.endswith("2")
    assert sheet.freeze_panes != "A2"
    assert sheet.auto_filter.ref is not None
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0


def test_filter_leaves_out_a_total(book: Workbook) -> None:
    assert book["Costs by year"].auto_filter.ref == "A1:D3"
    assert book["Costs by year"]["A4"].value == "total"
    assert book["Costs by year"]["A4"].font.bold
    assert book["Chosen counties"].auto_filter.ref == "A1:I3"


def test_number_formats(book: Workbook) -> None:
    year = cell(book["Allocation"], "year", 1)
    assert (year.value, year.number_format) == (2024, "0")
    funds = cell(book["Allocation"], "central funds (million won)", 1)
    assert (funds.value, funds.number_format) == (1800, "#,##0")
    tonnes = cell(book["Supply"], "demand (t/yr)", 1)
    assert tonnes.number_format == "#,##0"
    covered = cell(book["Coverage"], "coverage (share)", 1)
    assert covered.number_format == "0.0%"
    # Labour of 15.5 and 9.5 person-years would round to whole numbers; a small column keeps its decimals.
    assert cell(book["Allocation"], "central labour (person-years)", 1).number_format == "#,##0.00"


def test_text_of_users_stays_text(formulas: Workbook) -> None:
    book = formulas
    named = cell(book["Chosen counties"], "county", 1)
    assert (named.value, named.data_type) == ("=1+1", "s")
    calculated = [entry for sheet in book.worksheets for entry in cells(sheet) if entry.data_type == "f"]
    assert not [entry for entry in calculated if "1+1" in str(entry.value) or "HYPERLINK" in str(entry.value)]
    assert not [entry for title in FRONT[1:] for entry in cells(book[title]) if entry.data_type == "f"]
    assert book["Assumptions"]["C3"].value == '=HYPERLINK("x")'
    assert book["Assumptions"]["C3"].data_type == "s"
    assert book["Sources"]["C2"].hyperlink is None


def test_nothing_missing_is_spelled_out(book: Workbook) -> None:
    texts = {str(entry.value).lower() for sheet in book.worksheets for entry in cells(sheet) if entry.value is not None}
    assert not texts & {"nan", "none", "inf", "-inf", "true", "false", "<na>"}
    # Plants running are not counted for existing industry.
    existing = [
        row
        for row in range(1, book["Production"].max_row)
        if cell(book["Production"], "design code", row).value == "existing"
    ]
    assert all(cell(book["Production"], "plants running (plants)", row).value is None for row in existing)


def test_no_limit_is_said_in_words(book: Workbook) -> None:
    assert {cell(book["Limits"], "allowed (own unit)", row).value for row in range(1, 6)} == {
        500,
        10,
        2,
        2000,
        "no limit",
    }


def test_local_names(book: Workbook) -> None:
    assert cell(book["Chosen counties"], "local name", 1).value == "안주시"


def test_summary_page(book: Workbook) -> None:
    texts = [str(entry.value) for entry in cells(book["Summary"]) if entry.value is not None]
    assert texts[0] == "Two provinces & a plan"
    assert book["Summary"]["A1"].font.size > 18
    assert any("at most 0.50%" in text for text in texts)
    assert any("2 figures of the workbook are assumptions" in text for text in texts)
    assert book["Summary"]["A4"].hyperlink.location == "'Assumptions'!A1"
    assert "Joining in 2025" in texts
    assert "million won discounted to 2024" in texts


def test_contents_lists_and_links_each_sheet(book: Workbook) -> None:
    sheet = book["Contents"]
    assert [entry.value for entry in sheet["A"]][1:] == SHEETS
    assert [entry.hyperlink.location for entry in sheet["A"][1:]] == [f"'{name}'!A1" for name in SHEETS]
    assert all(entry.value for entry in sheet["B"])
    allocation = SHEETS.index("Allocation") + 2
    assert [sheet.cell(allocation, column).value for column in (2, 4, 5)] == [
        "choices",
        3,
        "million won, person-years, t, plants",
    ]
    assert {entry.value for entry in sheet["B"][1:]} == {*PARTS, "the plan, to trace and change"}


def test_columns_are_explained(book: Workbook) -> None:
    explained = {(row[0].value, row[1].value) for row in book["Columns"].iter_rows(min_row=2)}
    for name in set(SHEETS) - set(FRONT) - set(LIVE):
        assert {(name, top.value) for top in book[name][1]} <= explained


def test_provenance(book: Workbook) -> None:
    told = {row[0].value: row[1].value for row in book["Provenance"].iter_rows(min_row=2)}
    assert told["workbook"] == "two-provinces.xlsx"
    assert told["sha256 of the workbook"] == "0" * 64
    assert told["option gap"] == "0.01"
    assert told["version of pulp"] == "3.3.2"
    assert told["time of the whole run"] == "3.2 s"
    assert told["note"] == "Settings: discount_rate took its default"
    assert told["seed"] == "1"


def test_without_a_plan(tmp_path: Path) -> None:
    path = tmp_path / "none.xlsx"
    write_excel(path, INSTANCE, without_plan(Status.INFEASIBLE), BACKGROUND)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == FRONT
    texts = [str(entry.value) for entry in cells(book["Summary"]) if entry.value is not None]
    assert any("No plan can satisfy every rule" in text for text in texts)
    assert "none proven" in texts
    assert "Counties joining" not in texts


def test_stopped_plan_is_marked(tmp_path: Path) -> None:
    path = tmp_path / "stopped.xlsx"
    write_excel(path, INSTANCE, stopped(interrupted=True), Background("a.xlsx", ""))
    sheet = openpyxl.load_workbook(path)["Summary"]
    assert "interrupted" in sheet["A3"].value
    assert sheet["A3"].fill.fgColor.rgb == "FFFFF2CC"


def test_failure_leaves_an_existing_report_untouched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "report.xlsx"
    path.write_bytes(b"the report of yesterday")

    def fail(*arguments: object) -> None:
        raise RuntimeError("in the middle")

    monkeypatch.setattr(reports.excel, "_write_contents", fail)
    with pytest.raises(RuntimeError, match="in the middle"):
        write_excel(path, INSTANCE, build_result(), BACKGROUND)
    assert path.read_bytes() == b"the report of yesterday"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("step", ["write_bytes", "replace"])
def test_failure_of_the_disk_leaves_no_part_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    path = tmp_path / "report.xlsx"
    path.write_bytes(b"the report of yesterday")
    keep = Path.write_bytes

    def fail(self: Path, argument: object) -> None:
        if step == "write_bytes":
            keep(self, b"half")
        raise OSError("disk full")

    monkeypatch.setattr(Path, step, fail)
    with pytest.raises(OSError, match="disk full"):
        write_excel(path, INSTANCE, build_result(), BACKGROUND)
    monkeypatch.undo()
    assert path.read_bytes() == b"the report of yesterday"
    assert list(tmp_path.iterdir()) == [path]


def test_an_existing_report_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    path.write_bytes(b"the report of yesterday")
    write_excel(path, INSTANCE, build_result(), BACKGROUND)
    assert openpyxl.load_workbook(path).sheetnames == SHEETS
    assert list(tmp_path.iterdir()) == [path]


def test_long_text_and_titles_are_accepted(tmp_path: Path) -> None:
    path = tmp_path / "long.xlsx"
    instance = replace(INSTANCE, title="A & B " * 100)
    write_excel(path, instance, build_result(), replace(BACKGROUND, notes=["x" * 40_000]))
    book = openpyxl.load_workbook(path)
    assert max(len(str(entry.value)) for entry in cells(book["Provenance"])) == 32_767


def test_more_rows_than_fit_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.excel.MOST_ROWS", 2)
    path = tmp_path / "short.xlsx"
    write_excel(path, INSTANCE, build_result(), BACKGROUND)
    book = openpyxl.load_workbook(path)
    assert book["Allocation"].max_row == 3
    told = {row[0].value: row[2].value for row in book["Contents"].iter_rows(min_row=2)}
    assert "Only the first 2 of 3 rows" in str(told["Allocation"])


def test_assumption_sentence() -> None:
    assert "none of its figures" in assumption_sentence(Background("a.xlsx", ""))
    one = Background("a.xlsx", "", assumptions=[("Goods", "food", "guess")])
    assert "1 figure of the workbook is an assumption" in assumption_sentence(one)
