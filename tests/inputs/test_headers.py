"""The first row, the two layouts of sheets by year, and sheets and columns that are missing or unknown."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook as OpenedFile

from inputs.problems import InvalidWorkbook
from tests.inputs.workbooks import notes, only_problem, problems, read, written
from tests.small_workbook import small_tables


@pytest.mark.parametrize("header", ["Investment ", "INVESTMENT", " investment"])
def test_case_and_spaces_in_headers_do_not_matter(tmp_path: Path, header: str) -> None:
    def edit(book: OpenedFile) -> None:
        book["Designs"]["H1"] = header
        book["Designs"]["M1"] = "Lead years"
        book["Designs"]["M2"] = 3

    instance = read(tmp_path, small_tables(), edit).instance("both")
    assert instance.options["alder", "food-county"].investment == 1000
    assert instance.designs["food-county"].lead_years == 3


def test_figures_under_an_empty_header_are_remarked(tmp_path: Path) -> None:
    def edit(book: OpenedFile) -> None:
        sheet = book["Counties"]
        column = sheet.max_column + 2
        sheet.cell(3, column).value, sheet.cell(4, column).value = 12.5, 0
        sheet.cell(2, column + 1).value = "a remark beside the table"
        book["Goods"].cell(2, book["Goods"].max_column + 1).value = 7

    found = read(tmp_path, small_tables(), edit)
    told = [note for note in found.notes if "empty header" in note.message]
    assert [str(note)[:6] for note in told] == ["Counti", "Goods!"]
    assert str(told[0]).endswith("3: 2 figures stand under the empty header Z1 and were ignored.")
    assert str(told[1]).endswith("2: a figure stands under the empty header Q1 and was ignored.")
    assert all(note.unknown for note in told)  # shown by every command, as a misspelt column is


def test_case_and_spaces_in_sheet_names_do_not_matter(tmp_path: Path) -> None:
    def edit(book: OpenedFile) -> None:
        book["DesignMaterials"].title = "design materials"

    assert read(tmp_path, small_tables(), edit).instance("both").options["alder", "food-county"].materials


def test_two_sheets_of_a_name(tmp_path: Path) -> None:
    def edit(book: OpenedFile) -> None:
        book.create_sheet("design_materials")

    assert only_problem(tmp_path, small_tables(), edit) == (
        "design_materials: the sheets 'DesignMaterials' and 'design_materials' are both DesignMaterials. Rename one."
    )


def test_duplicated_header(tmp_path: Path) -> None:
    def edit(book: OpenedFile) -> None:
        book["Counties"]["S1"] = "Population"

    assert only_problem(tmp_path, small_tables(), edit) == (
        "Counties!S1: the header 'Population' stands twice, first in Counties!F1. Keep one of the two."
    )


def test_missing_required_column(tmp_path: Path) -> None:
    found = only_problem(tmp_path, small_tables(), lambda book: book["Counties"].delete_cols(6))
    assert found == (
        "Counties: the required column 'population' is missing. "
        "Add a column headed population: people served; demand is people x norm x growth."
    )


def test_misspelt_required_column(tmp_path: Path) -> None:
    def edit(book: OpenedFile) -> None:
        book["Counties"]["F1"] = "popluation"

    path = written(tmp_path, small_tables(), edit)
    with pytest.raises(InvalidWorkbook, match="Rename the column 'popluation' if it is meant") as caught:
        read(tmp_path, small_tables(), edit)
    assert path.exists()
    assert any("the column 'popluation' is not known" in str(note) for note in caught.value.notes)


def test_title_above_the_header(tmp_path: Path) -> None:
    def edit(book: OpenedFile) -> None:
        book["Counties"].insert_rows(1)
        book["Counties"]["A1"] = "Our counties"

    assert only_problem(tmp_path, small_tables(), edit) == (
        "Counties!1:1: the first row should have the column names (county, name, local_name ...), "
        "found 'Our counties'. Put the column names in the first row, as in the blank template."
    )


@pytest.mark.parametrize("sheet", ["Provinces", "Counties", "Goods", "Scales", "Designs"])
def test_missing_required_sheet_brings_no_shower(tmp_path: Path, sheet: str) -> None:
    found = only_problem(tmp_path, small_tables(), lambda book: book.remove(book[sheet]))
    assert found.startswith(f"{sheet}: the sheet {sheet} is missing.")


def test_empty_required_sheet(tmp_path: Path) -> None:
    tables = small_tables()
    tables["Provinces"] = []
    assert any(line.startswith("Provinces: the sheet Provinces has no rows.") for line in problems(tmp_path, tables))


def test_unknown_sheets_and_columns_are_noted_with_the_nearest_name(tmp_path: Path) -> None:
    def edit(book: OpenedFile) -> None:
        book.create_sheet("Desings")["A1"] = "design"
        book["Goods"]["O1"] = "remarks"
        book["Goods"]["D1"] = "nrm"
        book["Goods"]["D1"].comment = None

    found = notes(tmp_path, small_tables(), edit)
    assert "Desings: the sheet is not known and was ignored; did you mean 'Designs'?." in found or (
        "Desings: the sheet is not known and was ignored; did you mean 'Designs'?" in found
    )
    assert any(
        line.startswith("Goods!D1: the column 'nrm' is not known and was ignored; did you mean 'norm'?")
        for line in found
    )
    assert any(line.startswith("Goods!O1: the column 'remarks' is not known and was ignored") for line in found)


def test_years_as_columns_give_the_same_instance(tmp_path: Path) -> None:
    tall = read(tmp_path, small_tables()).instance("both")
    wide = read(tmp_path, small_tables(), wide={"Resources"})
    assert wide.instance("both") == tall
    cells = [str(row.cell("amount")) for row in wide.rows["Resources"]]
    assert cells == ["Resources!B2", "Resources!C2", "Resources!B3", "Resources!C3", "Resources!B4"]


def test_years_as_text_headers(tmp_path: Path) -> None:
    def edit(book: OpenedFile) -> None:
        book["Resources"]["B1"] = "2027"

    assert read(tmp_path, small_tables(), edit, wide={"Resources"}).instance("both").picks == {2027: 1, 2028: 2}


def test_wrong_value_under_a_year_has_its_own_cell(tmp_path: Path) -> None:
    def edit(book: OpenedFile) -> None:
        book["Resources"]["C3"] = -1

    found = only_problem(tmp_path, small_tables(), edit, wide={"Resources"})
    assert found.startswith("Resources!C3: amount of 2028 should be at least 0, found -1.")


def test_both_layouts_at_once(tmp_path: Path) -> None:
    def edit(book: OpenedFile) -> None:
        book["Resources"]["J1"] = "amount"

    assert only_problem(tmp_path, small_tables(), edit, wide={"Resources"}) == (
        "Resources!J1: the sheet has years as columns and also the column 'amount'. Keep one of the two layouts."
    )


def test_date_as_year_header(tmp_path: Path) -> None:
    def edit(book: OpenedFile) -> None:
        book["Resources"]["B1"] = date(2027, 1, 1)

    assert only_problem(tmp_path, small_tables(), edit, wide={"Resources"}) == (
        "Resources!B1: the header should be a year, found a date, 2027-01-01. Enter the year 2027."
    )


def test_year_header_twice(tmp_path: Path) -> None:
    def edit(book: OpenedFile) -> None:
        book["Resources"]["C1"] = 2027

    found = problems(tmp_path, small_tables(), edit, wide={"Resources"})
    assert found == ["Resources!C1: the header '2027' stands twice, first in Resources!B1. Keep one of the two."]


def test_sheet_by_year_without_years(tmp_path: Path) -> None:
    found = only_problem(tmp_path, small_tables(), lambda book: book["Resources"].delete_cols(2))
    assert "Add a column headed year, or one column per plan year instead of year and amount." in found


def test_years_as_columns_do_not_work_in_settings(tmp_path: Path) -> None:
    def edit(book: OpenedFile) -> None:
        book["Settings"]["I1"] = 2027

    assert "Settings!I1: the column '2027' is not known and was ignored." in notes(tmp_path, small_tables(), edit)


def test_a_formula_as_header_needs_its_result(tmp_path: Path) -> None:
    def edit(book: OpenedFile) -> None:
        book["Counties"]["S1"] = '="popula"&"tion"'

    assert "Counties!S1: the header should be text, found a formula without stored result" in only_problem(
        tmp_path, small_tables(), edit
    )
