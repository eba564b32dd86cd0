"""Every figure knows where it comes from: a cell, an override of the variant, an argument, or a default."""

from pathlib import Path

from inputs.origins import Address, Origins, setting, value_text
from inputs.problems import Cell
from tests.inputs.workbooks import read
from tests.small_workbook import Tables, find_row, set_setting, small_tables


def origins(
    folder: Path, tables: Tables, variant: str = "both", *overrides: str, wide: tuple[str, ...] = ()
) -> Origins:
    return read(folder, tables, wide=wide).origins(variant, overrides)


def test_cell_of_a_column(tmp_path: Path) -> None:
    found = origins(tmp_path, small_tables()).of(Address("Counties", "birch", "workers"))
    assert (found.value, found.cell, found.text) == (500, Cell("Counties", "K", 3), "Counties!K3")


def test_cell_of_a_year_in_either_layout(tmp_path: Path) -> None:
    address = Address("Resources", "central_funds", "2028")
    assert origins(tmp_path, small_tables()).of(address).text == "Resources!C5"
    assert origins(tmp_path, small_tables(), wide=("Resources",)).of(address).text == "Resources!C3"


def test_cell_of_a_setting_and_its_default(tmp_path: Path) -> None:
    tables = small_tables()
    set_setting(tables, "min_plants", 2)
    set_setting(tables, "build_window", None)
    found = origins(tmp_path, tables)
    assert found.of(setting("min_plants")).text == "Settings!B6"
    assert found.of(setting("build_window")).text == "Settings!B7 (blank, default 0)"
    left_out = found.of(setting("most_central_share"))
    assert (left_out.text, left_out.cell, left_out.value) == ("default of the setting most_central_share, 1", None, 1.0)


def test_override_of_the_variant_and_argument(tmp_path: Path) -> None:
    tables = small_tables()
    tables["Overrides"] = [
        {"variant": "county", "target_sheet": "Resources", "key": "cement", "target_column": "2027", "value": 5},
        {"variant": "county", "target_sheet": "Settings", "key": "min_plants", "target_column": "value", "value": 1},
    ]
    cement = Address("Resources", "cement", "2027")
    assert origins(tmp_path, tables).of(cement).text == "Resources!C6"
    found = origins(tmp_path, tables, "county")
    assert (found.of(cement).value, found.of(cement).text) == (5, "Overrides!E2")
    assert found.of(setting("min_plants")).text == "Overrides!E3"
    given = origins(tmp_path, tables, "county", "Resources.cement.2027=7").of(cement)
    assert (given.value, given.cell, given.text) == (7, None, "--set Resources.cement.2027=7")


def test_what_has_no_row_or_column(tmp_path: Path) -> None:
    tables = small_tables()
    for row in tables["Counties"]:
        del row["local_funds"]
    found = origins(tmp_path, tables)
    assert found.of(Address("Resources", "central_labour", "2027")).text == "Resources (no row central_labour, 2027)"
    funds = found.of(Address("Counties", "birch", "local_funds"))
    assert (funds.value, funds.text) == (None, "Counties!M3 (blank)")


def test_blank_column_that_stands_for_a_setting(tmp_path: Path) -> None:
    tables = small_tables()
    set_setting(tables, "quota", 0.5)
    find_row(tables, "Designs", design="cloth-county")["quota"] = 0.2
    found = origins(tmp_path, tables)
    assert found.effective(Address("Designs", "food-county", "quota")) == setting("quota")
    own = Address("Designs", "cloth-county", "quota")
    assert found.effective(own) == own


def test_workbook_without_a_row(tmp_path: Path) -> None:
    workbook = read(tmp_path, small_tables())
    assert workbook.instance("decided").decided == {"birch": 2027}
    assert workbook.without_row("Decided", "birch").instance("decided").decided == {}


def test_values_as_they_are_typed() -> None:
    assert [value_text(value) for value in (None, 2.0, 0.25, "no")] == ["", "2", "0.25", "no"]
