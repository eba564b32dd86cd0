"""Tables of choices that users give: what is read, and every problem with its cell."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from inputs.given_plan import GivenPlan, read_given
from inputs.problems import InvalidWorkbook
from models.instance import Instance
from tests.models.small_instance import small_instance

PLANTS = {("alder", "food-county", 2028): 1, ("birch", "food-provincial", 2027): 1}


@pytest.fixture
def instance() -> Instance:
    return small_instance()


def csv_of(folder: Path, text: str) -> Path:
    path = folder / "choices.csv"
    path.write_text(text, encoding="utf-8")
    return path


def xlsx_of(folder: Path, **sheets: list[list[object]]) -> Path:
    path = folder / "choices.xlsx"
    book = Workbook()
    del book["Sheet"]
    for title, rows in sheets.items():
        sheet = book.create_sheet(title.replace("_", " "))
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def problems_of(path: Path, instance: Instance) -> list[str]:
    with pytest.raises(InvalidWorkbook) as raised:
        read_given(path, instance)
    return [str(problem) for problem in raised.value.problems]


def test_other_columns_of_a_report_are_left_out_unremarked(tmp_path: Path, instance: Instance) -> None:
    path = xlsx_of(tmp_path, Chosen_counties=[["year", "county code", "county", "population"], [2028, "alder", "A", 5]])
    found = read_given(path, instance)
    assert (found.years, found.notes) == ({"alder": 2028}, ())


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_with_any_usual_separator(tmp_path: Path, instance: Instance, separator: str) -> None:
    rows = "County,Year\nalder,2028\n\n birch ,2027\n".replace(",", separator)
    found = read_given(csv_of(tmp_path, rows), instance)
    assert found.source == "choices.csv"
    assert found.years == {"alder": 2028, "birch": 2027}
    assert found.plants == {}


def test_csv_rows_with_a_design_are_plants(tmp_path: Path, instance: Instance) -> None:
    text = "county,year,design,plants\nalder,2028,,\nalder,2028,food-county,\nbirch,2027,food-provincial,1\n"
    found = read_given(csv_of(tmp_path, text), instance)
    assert found.years == {"alder": 2028}
    assert found.plants == PLANTS


def test_workbook_with_choices_and_plants(tmp_path: Path, instance: Instance) -> None:
    path = xlsx_of(
        tmp_path,
        Notes=[["anything"]],
        Choices=[["county", "year"], ["alder", 2028]],
        Plants=[["county", "design", "year", "plants"], *[[*index, count] for index, count in PLANTS.items()]],
    )
    assert read_given(path, instance) == GivenPlan("choices.xlsx", {"alder": 2028}, PLANTS)


def test_first_sheet_where_none_is_named_for_it(tmp_path: Path, instance: Instance) -> None:
    path = xlsx_of(tmp_path, Sheet1=[["county", "year"], ["cedar", 2029]])
    assert read_given(path, instance).years == {"cedar": 2029}


def test_sheets_of_a_report(tmp_path: Path, instance: Instance) -> None:
    path = xlsx_of(
        tmp_path,
        Summary=[["section", "figure"]],
        Chosen_counties=[["year", "county code", "county", "province"], [2028, "alder", "Alder", "North"]],
        Plants=[["year of start", "county code", "county", "design code", "design", "plants (plants)"],
                [2028, "alder", "Alder", "food-county", "Food plant", 2]],
    )  # fmt: skip
    found = read_given(path, instance)
    assert found.years == {"alder": 2028}
    assert found.plants == {("alder", "food-county", 2028): 2}


def test_every_problem_is_told_with_its_cell(tmp_path: Path, instance: Instance) -> None:
    text = "county,year,design\nAlder,2027,\nceder,2028,\nbirch,x,\nbirch,2031,\nalder,2028,food-conty\n"
    number = "'choices.csv'!B4: year should be a whole number from 1900 to 2200, found the text 'x'. "
    number += "Enter year: year in which it joins."
    assert problems_of(csv_of(tmp_path, text), instance) == [
        "'choices.csv'!A2: county 'Alder' is not in Counties. That is a name; write the code alder.",
        "'choices.csv'!A3: county 'ceder' is not in Counties. Did you mean 'cedar'?",
        number,
        "'choices.csv'!A5: county 'birch' stands twice, first in 'choices.csv'!A4. Delete one of the two.",
        "'choices.csv'!B5: year should be a plan year, 2027 to 2029, found 2031. Correct it, or delete the row.",
        "'choices.csv'!C6: design 'food-conty' is not in Designs. Did you mean 'food-county'?",
    ]


def test_missing_column(tmp_path: Path, instance: Instance) -> None:
    (problem,) = problems_of(csv_of(tmp_path, "county,when\nalder,2027\n"), instance)
    assert "the required column 'year' is missing" in problem


@pytest.mark.parametrize("text", ["", "county,year\n"])
def test_nothing_in_it(tmp_path: Path, instance: Instance, text: str) -> None:
    assert problems_of(csv_of(tmp_path, text), instance)


@pytest.mark.parametrize("name", ["none.csv", "none.xlsx", "none.txt"])
def test_no_such_file(tmp_path: Path, instance: Instance, name: str) -> None:
    assert len(problems_of(tmp_path / name, instance)) == 1


def test_csv_that_is_no_text(tmp_path: Path, instance: Instance) -> None:
    path = tmp_path / "choices.csv"
    path.write_bytes(b"county,year\n\xff\xfe,2027\n")
    assert "UTF-8" in problems_of(path, instance)[0]


def test_csv_that_cannot_be_parted_into_cells(tmp_path: Path, instance: Instance) -> None:
    path = csv_of(tmp_path, 'county,year\n"' + "x" * 200_000 + ",2027\n")  # the mark is never closed
    (problem,) = problems_of(path, instance)
    assert "the file cannot be read: field larger than field limit" in problem
    assert problem.endswith("Look for a quotation mark that is not closed, or save it as .xlsx.")
