"""The sheet Settings, and what is remarked on defaults."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook as OpenedFile

from tests.inputs.workbooks import notes, only_problem, problems, read
from tests.small_workbook import set_setting, small_tables


@pytest.mark.parametrize(
    ("setting", "value", "expected"),
    [
        ("gap", 2, "Settings!B6: gap should be from 0 to 1, found 2."),
        ("gap", "0.02", "Settings!B6: gap should be a number from 0 to 1, found the text '0.02'. Convert"),
        ("threads", 1.5, "Settings!B6: threads should be a whole number, found 1.5."),
        ("threads", True, "Settings!B6: threads should be a whole number from 1 to 256, found the text 'yes'."),
        ("picks_rule", "exact", "Settings!B6: picks_rule should be one of exactly, at most, found 'exact'. Did you"),
        ("freight_rte", 1, "Settings!A6: there is no setting 'freight_rte'. Did you mean 'freight_rate'?"),
        ("last_year", 1492, "Settings!B4: last_year should be from 1900 to 2200, found 1492."),
        ("default_variant", "boht", "Settings!B6: there is no variant 'boht'. Did you mean 'both'?"),
    ],
)  # fmt: skip
def test_refused(tmp_path: Path, setting: str, value: Any, expected: str) -> None:
    tables = small_tables()
    set_setting(tables, setting, value)
    assert only_problem(tmp_path, tables).startswith(expected)


def test_date_for_a_year(tmp_path: Path) -> None:
    def edit(book: OpenedFile) -> None:
        book["Settings"]["B3"] = date(2027, 1, 1)

    assert only_problem(tmp_path, small_tables(), edit) == (
        "Settings!B3: first_year should be a whole number from 1900 to 2200, found a date, 2027-01-01. "
        "Enter the year 2027."
    )


def test_setting_named_twice(tmp_path: Path) -> None:
    tables = small_tables()
    tables["Settings"].append({"setting": "First year", "value": 2027})
    assert only_problem(tmp_path, tables) == (
        "Settings!B6: the setting first_year stands twice, first in Settings!B3. Delete one of the two."
    )


def test_required_settings_left_out(tmp_path: Path) -> None:
    tables = small_tables()
    del tables["Settings"]
    assert problems(tmp_path, tables) == [
        "Settings: the setting first_year is missing. Add a row first_year: first plan year.",
        "Settings: the setting last_year is missing. Add a row last_year: last plan year.",
    ]


def test_required_setting_left_blank(tmp_path: Path) -> None:
    tables = small_tables()
    set_setting(tables, "last_year", None)
    assert only_problem(tmp_path, tables) == "Settings!B4: the setting last_year is missing. Enter the last plan year."


def test_values_take_the_type_of_their_setting(tmp_path: Path) -> None:
    tables = small_tables()
    set_setting(tables, "title", 2027)
    set_setting(tables, "Reserve carried", False)
    set_setting(tables, "tail_years", 3.0)
    settings = read(tmp_path, tables).settings
    assert (settings.title, settings.reserve_carried, settings.tail_years) == ("2027", "no", 3)


def test_one_note_for_all_settings_left_out(tmp_path: Path) -> None:
    found = [line for line in notes(tmp_path, small_tables()) if line.startswith("Settings:")]
    assert len(found) == 1
    assert "gap (0.01)" in found[0]
    assert "picks_rule (at most)" in found[0]
    assert "title" not in found[0]


def test_one_note_for_each_sheet_with_columns_left_out_and_one_for_absent_sheets(tmp_path: Path) -> None:
    found = notes(tmp_path, small_tables())
    of_counties = [line for line in found if line.startswith("Counties")]
    assert len(of_counties) == 1
    assert of_counties[0].endswith(
        "take their defaults: local_name (blank), kind (county), eligible (yes), eligible_from (blank), "
        "site_cost_index (1), revenue (blank), essential (0), remittance_quota (0), remittance_rate (blank), "
        "donations (0), priority_fund (0)."
    )
    absent = [line for line in found if line.startswith("sheets left out or empty")]
    assert len(absent) == 1
    assert "Lanes" in absent[0]
