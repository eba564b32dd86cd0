from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from xlsxwriter import Workbook

from reports.excel.book import OPTIONS, has_sheets, link_sheets, write_findings
from reports.excel.cells import Book


def book_of(*titles: str) -> tuple[BytesIO, Book]:
    content = BytesIO()
    book = Book(Workbook(content, OPTIONS), "foot")
    for title in titles:
        book.add_sheet(title)
    return content, book


@pytest.mark.parametrize(("titles", "found"), [(("A",), True), (("A", "B"), True), (("A", "C"), False)])
def test_a_report_is_known_by_all_its_sheets(tmp_path: Path, titles: tuple[str, ...], found: bool) -> None:
    content, book = book_of("A", "B")
    book.workbook.close()
    path = tmp_path / "a.xlsx"
    path.write_bytes(content.getvalue())
    assert has_sheets(path, titles) is found


def test_what_is_no_workbook_has_no_sheets(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_text("text")
    with ZipFile(tmp_path / "b.xlsx", "w") as archive:
        archive.writestr("other", "A")
    for name in ("a.xlsx", "b.xlsx", "none.xlsx", "."):
        assert not has_sheets(tmp_path / name, ("A",))


def test_findings_are_pairs_below_a_title_and_contents_link_to_their_sheets() -> None:
    content, book = book_of("Contents")
    sheet = book.add_sheet("Findings")
    assert write_findings(book, sheet, "Plan", [("Cost", "=1 is text"), ("Gap", "word " * 40)]) == 4
    link_sheets(book, book.workbook.get_worksheet_by_name("Contents"), ["Findings"])
    book.workbook.close()
    made = load_workbook(content)
    told = made["Findings"]
    assert [[cell.value for cell in row] for row in told["A3:B3"]] == [["Cost", "=1 is text"]]
    assert told["A1"].value == "Plan"
    assert told.row_dimensions[4].height > told.row_dimensions[3].height
    assert made["Contents"]["A2"].hyperlink.location == "'Findings'!A1"
