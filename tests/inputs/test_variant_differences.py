from pathlib import Path

import pytest

from inputs.problems import InvalidWorkbook
from inputs.reader import read_workbook
from inputs.template import write_workbook
from inputs.variant_differences import Difference, variant_differences
from tests.small_workbook import Tables, small_tables


def differences(
    folder: Path, tables: Tables, *variants: str, overrides: tuple[str, ...] = ()
) -> tuple[Difference, ...]:
    path = folder / "small.xlsx"
    write_workbook(path, tables)
    read = read_workbook(path)
    return variant_differences(read, variants or read.variants, overrides)


def override(variant: str, sheet: str, key: str, column: str, value: object) -> dict[str, object]:
    return {"variant": variant, "target_sheet": sheet, "key": key, "target_column": column, "value": value}


def test_scales_and_fixed_choices_are_told(tmp_path: Path) -> None:
    scales, decided = differences(tmp_path, small_tables())
    assert (scales.sheet, scales.column) == ("Variants", "scales")
    assert scales.values == {"both": "all", "county": "county", "provincial": "provincial", "decided": "all"}
    assert decided.values == {"both": "no", "county": "no", "provincial": "no", "decided": "yes"}


def test_only_the_variants_asked_for_count(tmp_path: Path) -> None:
    (only,) = differences(tmp_path, small_tables(), "both", "county")
    assert only.values == {"both": "all", "county": "county"}


def test_an_override_is_told_with_its_cell_and_the_default_beside(tmp_path: Path) -> None:
    tables = small_tables()
    tables["Overrides"] = [override("county", "Settings", "discount_rate", "value", 0.2)]
    *_, rate = differences(tmp_path, tables, "both", "county")
    assert (rate.sheet, rate.key, rate.column) == ("Settings", "discount_rate", "value")
    assert rate.values["county"] == "0.2"
    assert rate.values["both"] not in ("", "0.2")
    assert rate.cells == ("Overrides!E2",)


def test_years_and_rows_are_told_by_key(tmp_path: Path) -> None:
    tables = small_tables()
    tables["Overrides"] = [
        override("county", "Resources", "picks", "2028", 1),
        override("county", "Counties", "*", "workers", 40),
    ]
    found = {(one.sheet, one.key): one for one in differences(tmp_path, tables, "both", "county")}
    assert found["Resources", "picks/2028"].values == {"both": "2", "county": "1"}
    assert found["Counties", "alder"].values == {"both": "500", "county": "40"}


def test_many_rows_changed_alike_are_told_together(tmp_path: Path) -> None:
    tables = small_tables()
    tables["Counties"] += [{**tables["Counties"][0], "county": f"more{k}"} for k in range(9)]
    tables["Overrides"] = [override("county", "Counties", "*", "workers", 40)]
    (together,) = [one for one in differences(tmp_path, tables, "both", "county") if one.sheet == "Counties"]
    assert (together.key, together.rows, together.cells) == ("alder and 11 more", 12, ("Overrides!E2",))


def test_what_is_set_for_all_is_no_difference(tmp_path: Path) -> None:
    tables = small_tables()
    tables["Overrides"] = [override("county", "Settings", "discount_rate", "value", 0.2)]
    found = differences(tmp_path, tables, "both", "county", overrides=("Settings.discount_rate.value=0.3",))
    assert [one.column for one in found] == ["scales"]
    with pytest.raises(InvalidWorkbook, match=r"Sheet\.key\.column=value"):
        differences(tmp_path, tables, overrides=("nonsense",))
