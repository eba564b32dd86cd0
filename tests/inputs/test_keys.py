"""Codes and keys within and across the sheets."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook as OpenedFile

from tests.inputs.workbooks import notes, only_problem, problems, read
from tests.small_workbook import find_row, small_tables


def test_duplicated_key_names_both_cells(tmp_path: Path) -> None:
    tables = small_tables()
    tables["Counties"].append({**tables["Counties"][0], "name": "Alder again"})
    assert only_problem(tmp_path, tables) == (
        "Counties!A5: county 'alder' stands twice, first in Counties!A2. Delete or rename one of the two."
    )


def test_duplicated_key_of_several_parts(tmp_path: Path) -> None:
    tables = small_tables()
    tables["Resources"].append({"resource": "picks", "year": 2027, "amount": 5})
    assert "Resources!A7: resource, year 'picks/2027' stands twice, first in Resources!A2." in only_problem(
        tmp_path, tables
    )


def test_a_row_with_another_problem_still_counts_as_a_duplicate(tmp_path: Path) -> None:
    tables = small_tables()
    tables["Counties"].append({**tables["Counties"][0], "population": -1})
    found = problems(tmp_path, tables)
    assert [line.split(":")[0] for line in found] == ["Counties!A5", "Counties!F5"]


def test_two_lanes_for_every_good_are_duplicates(tmp_path: Path) -> None:
    tables = small_tables()
    tables["Lanes"] = [
        {"origin": "alder", "destination": "birch", "distance": 5},
        {"origin": "alder", "destination": "birch", "good": "food", "distance": 6},
        {"origin": "alder", "destination": "birch", "distance": 7},
    ]
    assert "Lanes!A4: origin, destination, good 'alder/birch' stands twice, first in Lanes!A2." in only_problem(
        tmp_path, tables
    )


@pytest.mark.parametrize(
    ("other", "why"),
    [("ka_n", "become the same name in the solver"), ("KA-N", "differ only in case"), ("KA_N", "become the same name")],
)
def test_codes_that_the_solver_would_confuse(tmp_path: Path, other: str, why: str) -> None:
    tables = small_tables()
    tables["Goods"] += [{"good": "ka-n", "name": "One"}, {"good": other, "name": "Other"}]
    found = only_problem(tmp_path, tables)
    assert found.startswith(f"Goods!A5: the codes '{other}' and 'ka-n' in Goods!A4 {why}")


@pytest.mark.parametrize(
    ("sheet", "row", "expected"),
    [
        ("Counties", {"county": "dogwood", "name": "D", "province": "nort", "population": 1},
         "Counties!D5: province 'nort' is not in Provinces. Did you mean 'north'?"),
        ("Sites", {"county": "brch", "scale": "provincial"},
         "Sites!A4: county 'brch' is not in Counties. Did you mean 'birch'?"),
        ("Designs", {"design": "x", "name": "X", "good": "foodd", "scale": "county", "investment": 1},
         "Designs!C6: good 'foodd' is not in Goods. Did you mean 'food'?"),
        ("DesignInputs", {"design": "food-county", "input": "sand", "tonnes": 1},
         "DesignInputs!B3: input 'sand' is not in Inputs. Add it to Inputs, or name a code that is there."),
        ("Resources", {"resource": "central_fund", "year": 2027, "amount": 1},
         "Resources!A7: resource 'central_fund' is not known. Did you mean 'central_funds'?"),
        ("Resources", {"resource": "cemnt", "year": 2027, "amount": 1},
         "Resources!A7: resource 'cemnt' is not known. Did you mean 'cement'?"),
        ("Sites", {"county": "Birch County", "scale": "provincial"},
         "Sites!A4: county 'Birch County' is not in Counties. Did you mean 'birch'?"),
    ],
)  # fmt: skip
def test_unknown_code_is_told_the_nearest(tmp_path: Path, sheet: str, row: dict[str, Any], expected: str) -> None:
    tables = small_tables()
    tables[sheet].append(row)
    assert only_problem(tmp_path, tables) == expected


def test_one_bad_row_brings_no_shower(tmp_path: Path) -> None:
    tables = small_tables()
    find_row(tables, "Counties", county="birch")["population"] = -1
    assert only_problem(tmp_path, tables).startswith("Counties!F3: population")


def test_an_illegal_code_is_told_where_it_is_made(tmp_path: Path) -> None:
    tables = small_tables()
    find_row(tables, "Counties", county="birch")["county"] = "Birch County"
    for sheet in ("Sites", "Decided"):
        find_row(tables, sheet, county="birch")["county"] = "Birch County"
    assert only_problem(tmp_path, tables).endswith(
        "found 'Birch County'. Write birch-county; the full name belongs in the column name."
    )


def test_county_without_province(tmp_path: Path) -> None:
    tables = small_tables()
    del tables["Counties"][0]["province"]
    assert only_problem(tmp_path, tables) == "Counties!D2: province is missing. Enter province: province it lies in."


def test_blank_key(tmp_path: Path) -> None:
    tables = small_tables()
    del tables["Sites"][0]["scale"]
    assert only_problem(tmp_path, tables).startswith("Sites!B2: scale is missing.")


def test_spaces_around_codes_are_removed_and_noted(tmp_path: Path) -> None:
    tables = small_tables()
    tables["Sites"][0]["county"] = "birch "
    tables["Sites"][1]["county"] = "\u00a0cedar"
    assert "Sites!A2: spaces around codes were removed (2 cells)." in notes(tmp_path, tables)
    assert ("birch", "food-provincial") in read(tmp_path, tables).instance("both").options


def test_code_with_a_space_is_the_same_code_again(tmp_path: Path) -> None:
    tables = small_tables()
    tables["Goods"].append({"good": "food ", "name": "Food again"})
    assert "Goods!A4: good 'food' stands twice, first in Goods!A2." in only_problem(tmp_path, tables)


@pytest.mark.parametrize("code", ["picks", "central-funds", "Import_Currency", "Remittances"])
def test_material_named_like_a_resource(tmp_path: Path, code: str) -> None:
    tables = small_tables()
    tables["Materials"].append({"material": code, "name": "X"})
    assert f"Materials!A3: the material '{code}' has the name of a resource." in only_problem(tmp_path, tables)


def test_codes_of_an_absent_sheet_are_told_once(tmp_path: Path) -> None:
    tables = small_tables()
    del tables["Inputs"]
    found = problems(tmp_path, tables)
    message = "input 'grain' is a code of Inputs, but there is no such sheet"
    assert found == [
        f"DesignInputs!B2: {message}. Add the sheet Inputs.",
        f"CountyInputs!B2: {message} (2 cells need it). Add the sheet Inputs.",
    ]


def test_unknown_source_is_a_false_attribution(tmp_path: Path) -> None:
    tables = small_tables()
    tables["Sources"] = [{"source_code": "census", "title": "Census"}, {"source_code": "law", "title": "Law"}]
    tables["Counties"][0]["source"] = "census, law"
    tables["Counties"][1]["source"] = "law, censsu"
    assert only_problem(tmp_path, tables) == ("Counties!W3: source 'censsu' is not in Sources. Did you mean 'census'?")


def test_numbers_typed_as_codes(tmp_path: Path) -> None:
    def edit(book: OpenedFile) -> None:
        book["Counties"]["A2"] = 101
        book["Lanes"]["A2"] = "101"

    tables = small_tables()
    del tables["CountyInputs"][0]
    tables["Lanes"] = [{"origin": "alder", "destination": "birch", "cost": 3}]
    assert "101" in read(tmp_path, tables, edit).instance("both").counties


def test_missing_amount_in_the_layout_with_a_column_year(tmp_path: Path) -> None:
    tables = small_tables()
    tables["Resources"][0]["amount"] = None
    assert only_problem(tmp_path, tables).startswith("Resources!C2: amount is missing.")
