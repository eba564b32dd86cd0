"""The Excel report where every mechanism is used: every sheet is there and stays readable."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook

from reports.background import Background
from reports.excel import write_excel
from reports.tables import TABLES
from tests.models.measures.programme import programme
from tests.reports.programme_result import programme_result

INSTANCE = programme()
LISTS = [table for table in TABLES if table.own_sheet and table.title not in ("Summary", "Provenance")]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    path: Path = tmp_path_factory.mktemp("report") / "report.xlsx"
    write_excel(path, INSTANCE, programme_result(), Background("cloth.xlsx", ""))
    return openpyxl.load_workbook(path, data_only=True)


def columns(book: Workbook, title: str) -> dict[str, list[Any]]:
    """Cells under each heading of a sheet."""
    return {str(cells[0].value): list(cells[1:]) for cells in book[title].iter_cols()}


def test_every_table_has_its_sheet(book: Workbook) -> None:
    assert [title for title in book.sheetnames if title in {table.title for table in LISTS}] == [
        table.title for table in LISTS
    ]
    assert all(len(title) <= 31 for title in book.sheetnames)


@pytest.mark.parametrize("title", [table.title for table in LISTS])
def test_headings_differ_and_have_rows_below(book: Workbook, title: str) -> None:
    headings = [cell.value for cell in book[title][1]]
    assert len(set(headings)) == len(headings)
    assert book[title].max_row > 1


def test_years_are_labels(book: Workbook) -> None:
    for table in LISTS:
        for heading, cells in columns(book, table.title).items():
            years = [cell for cell in cells if cell.value in INSTANCE.years]
            if years and not any(isinstance(cell.value, float) for cell in cells):
                assert {cell.number_format for cell in years} == {"0"}, f"{table.title}: {heading}"


def test_shares_are_per_cent_and_indices_have_decimals(book: Workbook) -> None:
    for table in LISTS:
        for heading, cells in columns(book, table.title).items():
            formats = {cell.number_format for cell in cells if cell.value is not None}
            if heading.endswith("(share)"):
                assert formats <= {"0.0%"}, f"{table.title}: {heading}"
            if heading.endswith("(0 to 1)"):
                assert formats <= {"0.000"}, f"{table.title}: {heading}"


def test_nothing_missing_is_spelled_out(book: Workbook) -> None:
    texts = {str(cell.value).lower() for sheet in book for row in sheet.iter_rows() for cell in row if cell.value}
    assert not texts & {"nan", "none", "inf", "-inf", "true", "false", "<na>"}


def test_small_money_keeps_its_decimals(book: Workbook) -> None:
    stipend = columns(book, "Quotas")["stipend (crowns/person/yr)"]
    assert {cell.number_format for cell in stipend if cell.value is not None} == {"#,##0.00"}


def test_all_years_are_told_in_words(book: Workbook) -> None:
    assert {cell.value for cell in columns(book, "Who pays")["year"]} == {2030, 2031, "all years"}
