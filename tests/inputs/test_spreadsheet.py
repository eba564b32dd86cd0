"""Files, and what Excel may hold besides plain values."""

import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import Workbook as OpenedFile

from inputs.problems import InvalidWorkbook
from inputs.reader import read_workbook
from tests.inputs.workbooks import notes, only_problem, problems, read, written
from tests.small_workbook import small_tables


def refusal(path: Path) -> str:
    with pytest.raises(InvalidWorkbook) as caught:
        read_workbook(path)
    assert len(caught.value.problems) == 1
    return str(caught.value)


def test_missing_file(tmp_path: Path) -> None:
    path = tmp_path / "none.xlsx"
    assert refusal(path) == f"{path}: the file does not exist. Check the name and the folder."


def test_folder(tmp_path: Path) -> None:
    assert "is a folder" in refusal(tmp_path)


def test_text_named_xlsx(tmp_path: Path) -> None:
    path = tmp_path / "case.xlsx"
    path.write_text("county,name\n")
    assert "is not an Excel workbook" in refusal(path)


def test_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "case.xlsx"
    path.write_bytes(b"")
    assert "is not an Excel workbook" in refusal(path)


def test_zip_of_something_else(tmp_path: Path) -> None:
    path = tmp_path / "case.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("letter.txt", "hello")
    assert "is not an Excel workbook" in refusal(path)


def test_locked_with_a_password(tmp_path: Path) -> None:
    path = tmp_path / "case.xlsx"
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))
    assert "locked with a password" in refusal(path)
    assert "without a password" in refusal(path)


@pytest.mark.parametrize("keep", [0.3, 0.9])
def test_cut_short(tmp_path: Path, keep: float) -> None:
    path = written(tmp_path, small_tables())
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * keep)])
    assert "damaged" in refusal(path)


def test_damaged_inside(tmp_path: Path) -> None:
    path = written(tmp_path, small_tables())
    content = bytearray(path.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 200] = bytes(200)
    path.write_bytes(bytes(content))
    assert "damaged" in refusal(path)


def test_broken_sheet(tmp_path: Path) -> None:
    path = written(tmp_path, small_tables())
    broken = tmp_path / "broken.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(broken, "w") as target:
        for name in source.namelist():
            target.writestr(name, "<sheet" if name == "xl/worksheets/sheet2.xml" else source.read(name))
    assert "cannot be read" in refusal(broken)


def test_workbook_of_another_name(tmp_path: Path) -> None:
    path = written(tmp_path, small_tables())
    renamed = path.rename(tmp_path / "case.zip")
    assert "should be named .xlsx" in refusal(renamed)


def test_sha256_is_that_of_the_file(tmp_path: Path) -> None:
    first = read(tmp_path, small_tables())
    tables = small_tables()
    tables["Counties"][0]["population"] = 10_001
    assert len(first.sha256) == 64
    assert first.sha256 == read(tmp_path, small_tables()).sha256 != read(tmp_path, tables).sha256


def formula(tmp_path: Path, stored: object) -> Path:
    """A workbook whose county alder has the formula =2*5000 for its population, with this stored result."""
    path = tmp_path / "formula.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for sheet, rows in small_tables().items():
            target = book.add_worksheet(sheet)
            headers = list(dict.fromkeys(name for row in rows for name in row))
            target.write_row(0, 0, headers)
            for number, row in enumerate(rows, start=1):
                for position, name in enumerate(headers):
                    target.write(number, position, row.get(name))
            if sheet == "Counties":
                target.write_formula(1, headers.index("population"), "=2*5000", None, stored)
    return path


def test_formula_is_read_by_its_stored_result(tmp_path: Path) -> None:
    workbook = read_workbook(formula(tmp_path, 10_000))
    assert workbook.instance("both").counties["alder"].population == 10_000
    assert "Counties: formulas were read by their stored results (1 cell)." in [str(note) for note in workbook.notes]


def test_formula_with_an_error_as_result(tmp_path: Path) -> None:
    assert "Counties!D2: population shows the error #DIV/0!" in refusal(formula(tmp_path, "#DIV/0!"))


def test_formula_without_stored_result(tmp_path: Path) -> None:
    def edit(book: OpenedFile) -> None:
        book["Counties"]["F2"] = "=2*5000"

    found = only_problem(tmp_path, small_tables(), edit)
    assert found == (
        "Counties!F2: population is a formula whose result is not stored in the file (=2*5000). "
        "Open the workbook in Excel or LibreOffice and save it."
    )


def test_typed_error(tmp_path: Path) -> None:
    def edit(book: OpenedFile) -> None:
        book["Counties"]["F2"] = "#REF!"

    assert only_problem(tmp_path, small_tables(), edit).startswith("Counties!F2: population shows the error #REF!.")


def test_merged_cells_inside_the_table(tmp_path: Path) -> None:
    found = only_problem(tmp_path, small_tables(), lambda book: book["Counties"].merge_cells("D2:D3"))
    assert found == ("Counties!D2: the cells D2:D3 are merged. Unmerge them and give each row its own value.")


def test_merged_cells_beside_and_below_the_table_do_not_matter(tmp_path: Path) -> None:
    def edit(book: OpenedFile) -> None:
        book["Counties"].merge_cells("AA2:AB3")
        book["Counties"].merge_cells("A20:D21")

    assert problems(tmp_path, small_tables(), edit) == []


def test_merged_header_is_told_once(tmp_path: Path) -> None:
    found = only_problem(tmp_path, small_tables(), lambda book: book["Goods"].merge_cells("A1:C1"))
    assert found.startswith("Goods!A1: the cells A1:C1 are merged.")


def test_hidden_rows_and_sheets_are_read(tmp_path: Path) -> None:
    def edit(book: OpenedFile) -> None:
        book["Counties"].row_dimensions[3].hidden = True
        book["Goods"].sheet_state = "hidden"

    assert list(read(tmp_path, small_tables(), edit).instance("both").counties) == ["alder", "birch", "cedar"]


def test_blank_rows_are_skipped(tmp_path: Path) -> None:
    def edit(book: OpenedFile) -> None:
        book["Counties"].insert_rows(3, amount=2)
        book["Counties"]["B3"] = "   "

    workbook = read(tmp_path, small_tables(), edit)
    assert [row.row for row in workbook.rows["Counties"]] == [2, 5, 6]
    assert str(workbook.rows["Counties"][1].cell("population")) == "Counties!F5"


def test_a_stray_cell_far_away_costs_no_time(tmp_path: Path) -> None:
    def edit(book: OpenedFile) -> None:
        book["Counties"]["XFD1048576"] = " "

    assert problems(tmp_path, small_tables(), edit) == []


def test_dates_as_text_are_text(tmp_path: Path) -> None:
    def edit(book: OpenedFile) -> None:
        book["Counties"]["B2"] = date(2027, 1, 1)

    assert read(tmp_path, small_tables(), edit).instance("both").counties["alder"].name == "2027-01-01"


def test_legend_and_described_columns_are_ignored_in_silence(tmp_path: Path) -> None:
    def edit(book: OpenedFile) -> None:
        assert "Legend" in book.sheetnames
        book["Goods"]["O1"] = "Meaning"
        book["Goods"]["P1"] = "unit"

    assert not [note for note in notes(tmp_path, small_tables(), edit) if "ignored" in note]
