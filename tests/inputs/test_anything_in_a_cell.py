"""Whatever stands in a cell, the reader answers with an instance or with problems, never with an error of its own."""

from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook as OpenedFile

from inputs.problems import InvalidWorkbook, Problem
from inputs.reader import read_workbook
from tests.inputs.workbooks import written
from tests.small_workbook import Tables, small_tables

JUNK = (
    None, -3, 0, 3.5, 2027, 1e300, float("inf"), True, "x", "Kim County", "12", "1,2 ", "nan", "#REF!", "=1+1",
    date(2027, 1, 1), time(3), " alder ", "food-county", "both", "*", "a/b", "2027", "x" * 60, "no", "radius", ",",
    "county, provincial",
)  # fmt: skip


def every_sheet() -> Tables:
    return {
        **small_tables(),
        "ExistingPlants": [{"county": "alder", "good": "food", "capacity": 5}],
        "Demand": [{"county": "alder", "good": "food", "year": 2027, "tonnes": 5}],
        "Utilisation": [{"design": "food-county", "year": 2027, "utilisation": 0.5}],
        "CountyMaterials": [{"county": "alder", "material": "cement", "tonnes": 5}],
        "PackageItems": [{"item": "hospital", "name": "Hospital"}],
        "PackageMaterials": [{"item": "hospital", "material": "cement", "tonnes": 5}],
        "SiteOverrides": [{"county": "alder", "design": "food-county", "investment": 5}],
        "Lanes": [{"origin": "alder", "destination": "cedar", "good": "food", "distance": 5}],
        "Overrides": [
            {"variant": "both", "target_sheet": "Resources", "key": "*", "target_column": 2028, "value": 3},
            {
                "variant": "both",
                "target_sheet": "Counties",
                "key": "alder",
                "target_column": "province",
                "value": "south",
            },
        ],
        "Sources": [{"source_code": "census", "title": "Census"}],
    }


def assert_answered(path: Path) -> None:
    problems: tuple[Problem, ...] = ()
    try:
        workbook = read_workbook(path)
    except InvalidWorkbook as found:
        problems = found.problems
    else:
        for variant in workbook.variants:
            assert workbook.instance(variant).variant == variant
        return
    assert problems
    assert all(str(problem) for problem in problems)


@pytest.mark.parametrize("junk", JUNK, ids=repr)
@pytest.mark.parametrize("row", [1, 2])
def test_in_a_whole_row_of_every_sheet(tmp_path: Path, junk: Any, row: int) -> None:
    def edit(book: OpenedFile) -> None:
        for sheet in book.worksheets:
            for cell in sheet[row]:
                cell.value = junk

    assert_answered(written(tmp_path, every_sheet(), edit, wide={"Demand"}))


@pytest.mark.parametrize("sheet", list(every_sheet()))
def test_in_the_cells_of_one_row_in_turn(tmp_path: Path, sheet: str) -> None:
    def edit(book: OpenedFile) -> None:
        for position, cell in enumerate(book[sheet][2]):
            cell.value = JUNK[(7 * position + len(sheet)) % len(JUNK)]

    assert_answered(written(tmp_path, every_sheet(), edit))
