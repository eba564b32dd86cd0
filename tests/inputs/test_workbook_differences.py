"""What differs between two workbooks, value by value."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from inputs.problems import InvalidWorkbook
from inputs.reader import read_workbook
from inputs.template import write_workbook
from inputs.workbook_differences import WorkbookDifferences, unit_differences, workbook_differences
from tests.small_workbook import Tables, find_row, set_setting, small_tables


def differences(
    folder: Path,
    first: Tables,
    second: Tables,
    variants: tuple[str, str] | None = None,
    *,
    wide: tuple[tuple[str, ...], tuple[str, ...]] = ((), ()),
) -> WorkbookDifferences:
    paths = folder / "old.xlsx", folder / "new.xlsx"
    for path, tables, by_year in zip(paths, (first, second), wide, strict=True):
        write_workbook(path, tables, wide=by_year)
    old, new = (read_workbook(path) for path in paths)
    return workbook_differences(old, new, variants)


def test_the_same_workbook_twice_has_none(tmp_path: Path) -> None:
    assert differences(tmp_path, small_tables(), small_tables()) == WorkbookDifferences((), (), ())


def test_a_value_is_told_with_both_cells(tmp_path: Path) -> None:
    tables = small_tables()
    find_row(tables, "Counties", county="birch")["population"] = 25_000
    tables["Counties"].insert(0, tables["Counties"].pop(1))  # birch stands in another row of the second
    (value,) = differences(tmp_path, small_tables(), tables).values
    assert (value.sheet, value.key, value.column) == ("Counties", "birch", "population")
    assert (value.before, value.after) == (20_000, 25_000)
    cells = [value.cell_before, value.cell_after]
    assert [cell[-1] for cell in cells] == ["3", "2"]
    assert {cell[:-1] for cell in cells} == {"Counties!F"}
    assert value.concerns == "plan"


def test_the_order_of_rows_is_no_difference_and_is_told(tmp_path: Path) -> None:
    tables = small_tables()
    for rows in tables.values():
        rows.reverse()
    found = differences(tmp_path, small_tables(), tables)
    assert (found.values, found.rows) == ((), ())
    assert "Counties" in found.reordered
    assert "Settings" not in found.reordered


def test_the_order_of_columns_is_no_difference(tmp_path: Path) -> None:
    write_workbook(tmp_path / "old.xlsx", small_tables())
    book = load_workbook(tmp_path / "old.xlsx")
    sheet = book["Counties"]
    sheet.move_range(f"A1:A{sheet.max_row}", cols=sheet.max_column)
    sheet.delete_cols(1)
    book.save(tmp_path / "new.xlsx")
    assert next(sheet.iter_rows(values_only=True))[-1] == "county"
    old, new = (read_workbook(tmp_path / name) for name in ("old.xlsx", "new.xlsx"))
    assert workbook_differences(old, new) == WorkbookDifferences((), (), ())


def test_years_as_columns_or_as_rows_are_no_difference(tmp_path: Path) -> None:
    found = differences(tmp_path, small_tables(), small_tables(), wide=((), ("Resources",)))
    assert (found.values, found.rows) == ((), ())


def test_a_sheet_by_year_names_the_year_as_its_column(tmp_path: Path) -> None:
    tables = small_tables()
    find_row(tables, "Resources", resource="picks", year=2028)["amount"] = 1
    tables["Resources"].append({"resource": "cement", "year": 2028, "amount": 900})
    found = differences(tmp_path, small_tables(), tables).values
    assert [(value.key, value.column, value.before, value.after) for value in found] == [
        ("picks", "2028", 2.0, 1.0),
        ("cement", "2028", None, 900.0),
    ]


def test_a_code_that_is_a_number_is_the_same_as_its_text(tmp_path: Path) -> None:
    first, second = small_tables(), small_tables()
    for tables, code in ((first, 7), (second, "7")):
        set_setting(tables, "title", code)
        find_row(tables, "Counties", county="alder")["name"] = code
        tables["Overrides"] = [
            {"variant": "county", "target_sheet": "Settings", "key": "title", "target_column": "value", "value": code}
        ]
    assert differences(tmp_path, first, second) == WorkbookDifferences((), (), ())


def test_a_default_is_the_same_as_its_value(tmp_path: Path) -> None:
    tables = small_tables()
    set_setting(tables, "tail_years", 0)
    find_row(tables, "Counties", county="alder")["site_cost_index"] = 1.0
    assert differences(tmp_path, small_tables(), tables).values == ()


def test_a_blank_is_not_nought(tmp_path: Path) -> None:
    first, second = small_tables(), small_tables()
    find_row(first, "Counties", county="alder")["workers"] = None  # no limit
    find_row(second, "Counties", county="alder")["workers"] = 0
    (value,) = differences(tmp_path, first, second).values
    assert (value.column, value.before, value.after) == ("workers", None, 0.0)


def test_a_row_that_only_one_has(tmp_path: Path) -> None:
    tables = small_tables()
    tables["Materials"].append({"material": "steel", "name": "Steel"})
    tables["CountyInputs"].pop(0)
    found = differences(tmp_path, small_tables(), tables)
    assert [(row.sheet, row.key, row.in_first, row.cell, row.content) for row in found.rows] == [
        ("Materials", "steel", False, "Materials!A3", "name = Steel"),
        ("CountyInputs", "alder/grain", True, "CountyInputs!A2", "tonnes = 5000"),
    ]
    assert found.values == ()


def test_a_sheet_that_only_one_has(tmp_path: Path) -> None:
    tables = small_tables()
    del tables["Decided"]
    (row,) = differences(tmp_path, small_tables(), tables).rows
    assert (row.sheet, row.key, row.in_first) == ("Decided", "birch", True)


def test_notes_and_names_are_told_as_words(tmp_path: Path) -> None:
    tables = small_tables()
    find_row(tables, "Settings", setting="freight_rate")["note"] = "by rail"
    find_row(tables, "Counties", county="alder")["name"] = "Alderton"
    set_setting(tables, "gap", 0.02)
    found = differences(tmp_path, small_tables(), tables).values
    assert [(value.sheet, value.key, value.column, value.concerns) for value in found] == [
        ("Settings", "gap", "value", "solving"),
        ("Settings", "freight_rate", "note", "words"),
        ("Counties", "alder", "name", "words"),
    ]
    assert (found[0].cell_before, found[0].cell_after) == ("", "Settings!B6")  # the default stands in no cell


def test_a_note_of_a_row_of_years_is_told_once(tmp_path: Path) -> None:
    tables = small_tables()
    for row in tables["Resources"]:
        if row["resource"] == "picks":
            row["note"] = "as announced"
    (value,) = differences(tmp_path, small_tables(), tables).values
    assert (value.key, value.column, value.after) == ("picks", "note", "as announced")


def test_variants_of_one_workbook_with_overrides_and_their_cells(tmp_path: Path) -> None:
    tables = small_tables()
    tables["Overrides"] = [
        {"variant": "county", "target_sheet": "Goods", "key": "*", "target_column": "norm", "value": 50}
    ]
    found = differences(tmp_path, tables, tables, ("both", "county"))
    assert [(value.sheet, value.key, value.column, value.before, value.after) for value in found.values] == [
        ("Variants", "both, county", "scales", "all", "county"),
        ("Goods", "food", "norm", 100.0, 50.0),
        ("Goods", "cloth", "norm", 10.0, 50.0),
    ]
    assert (found.values[1].cell_before[:6], found.values[1].cell_after) == ("Goods!", "Overrides!E2")


def test_an_override_counts_only_in_its_variant(tmp_path: Path) -> None:
    tables = small_tables()
    tables["Overrides"] = [
        {"variant": "county", "target_sheet": "Goods", "key": "food", "target_column": "norm", "value": 50}
    ]
    assert differences(tmp_path, small_tables(), tables, ("both", "both")).values == ()
    assert len(differences(tmp_path, small_tables(), tables, ("county", "county")).values) == 1
    whole = differences(tmp_path, small_tables(), tables)
    assert [(row.sheet, row.key) for row in whole.rows] == [("Overrides", "county/Goods/food/norm")]


def test_a_variant_that_there_is_not(tmp_path: Path) -> None:
    with pytest.raises(InvalidWorkbook, match=r"new\.xlsx: there is no variant 'villages'"):
        differences(tmp_path, small_tables(), small_tables(), ("both", "villages"))


def test_another_unit_beside_a_setting(tmp_path: Path) -> None:
    write_workbook(tmp_path / "old.xlsx", small_tables())
    book = load_workbook(tmp_path / "old.xlsx")
    sheet = book["Settings"]
    unit = [cell.value for cell in sheet[1]].index("unit") + 1
    sheet.cell(5, unit).value = "money/t/100km"
    book.save(tmp_path / "new.xlsx")
    (found,) = unit_differences(tmp_path / "old.xlsx", tmp_path / "new.xlsx")
    assert (found.key, found.column, found.before, found.after) == (
        "freight_rate",
        "unit",
        "money/t/km",
        "money/t/100km",
    )
    assert found.cell_after == sheet.cell(5, unit).coordinate.join(("Settings!", ""))
    assert unit_differences(tmp_path / "old.xlsx", tmp_path / "old.xlsx") == ()
