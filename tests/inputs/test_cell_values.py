"""Each way in which one cell may be wrong, or right after all."""

import math
from datetime import date, datetime, time
from typing import Any

import pytest

from inputs.cell_values import Rejected, Value, read_value, text_number
from inputs.columns import columns_of, setting_columns
from inputs.problems import Cell
from inputs.sheets import County, Good, Province, Setting
from inputs.spreadsheet import Merged

CELL = Cell("Counties", "F", 17)
COUNTY = columns_of(County)
MIDNIGHT = datetime.fromisoformat("2027-01-01")


def value(column: str, raw: Any) -> Value:
    return read_value(COUNTY[column], raw, CELL)


def refusal(column: str, raw: Any) -> str:
    with pytest.raises(Rejected) as caught:
        value(column, raw)
    assert caught.value.problem is not None
    return str(caught.value.problem)


@pytest.mark.parametrize(
    ("column", "raw", "expected"),
    [
        ("population", 3, 3.0),
        ("eligible_from", 2027.0, 2027),
        ("workers", None, None),
        ("workers", "  ", None),
        ("kind", None, "county"),
        ("kind", " city ", "city"),
        ("name", 12, "12"),
        ("name", MIDNIGHT, "2027-01-01"),
        ("name", True, "yes"),
        ("county", 101, "101"),
        ("county", 101.0, "101"),
        ("county", " kim ", "kim"),
        ("eligible", " No", "no"),
        ("eligible", True, "yes"),
        ("eligible", False, "no"),
    ],
)
def test_accepted(column: str, raw: Any, expected: Value) -> None:
    found = value(column, raw)
    assert found == expected
    assert type(found) is type(expected)


def test_out_of_bounds_names_cell_bound_value_and_remedy() -> None:
    assert refusal("population", -3) == (
        "Counties!F17: population should be at least 0, found -3. Enter population: people served (persons)."
    )


@pytest.mark.parametrize(
    ("column", "raw", "words"),
    [
        ("latitude", 91, "latitude should be from -90 to 90, found 91"),
        ("site_cost_index", 0, "site_cost_index should be above 0, found 0"),
        ("population", None, "population is missing. Enter population"),
        ("county", None, "county is missing"),
        ("population", "many", "should be a number at least 0, found the text 'many'"),
        ("population", "12", "found the text '12'. Convert the cell to a number."),
        ("population", " 1,234 ", "found the text '1,234'. Convert the cell to a number."),
        ("population", "1\u00a0234", "Convert the cell to a number."),
        ("population", "5%", "found the text '5%'. Enter 0.05 as a number."),
        ("population", "inf", "should be a finite number, found 'inf'"),
        ("population", "NaN", "should be a finite number, found 'NaN'"),
        ("population", "-∞", "should be a finite number, found '-∞'"),
        ("population", "1e400", "should be a finite number, found '1e400'"),
        ("population", math.inf, "should be a finite number, found inf"),
        ("workers", "unlimited", "Leave the cell blank for no limit."),
        ("population", True, "should be a number at least 0, found TRUE"),
        ("population", date(2027, 1, 1), "found a date or time, 2027-01-01"),
        ("population", time(3, 0), "found a date or time, 03:00:00"),
        ("eligible_from", 3.5, "eligible_from should be a whole number, found 3.5"),
        ("eligible_from", MIDNIGHT, "found a date, 2027-01-01. Enter the year 2027."),
        ("eligible_from", "2027-01-01", "found a date, 2027-01-01. Enter the year 2027."),
        ("eligible_from", 27, "should be from 1900 to 2200, found 27"),
        ("eligible", "nope", "eligible should be one of yes, no, found 'nope'"),
        ("county", "Kim County", "found 'Kim County'. Write kim-county; the full name belongs in the column name."),
        ("county", "김책", "Choose a short code; the full name belongs in the column name."),
        ("county", "x" * 41, "at most 40 characters"),
        ("county", "a/b", "Write a-b;"),
    ],
)
def test_refused(column: str, raw: Any, words: str) -> None:
    assert words in refusal(column, raw)


def test_misspelt_choice_is_told_the_nearest() -> None:
    column = setting_columns()["picks_rule"]
    with pytest.raises(Rejected, match=r"found 'exactley'\. Did you mean 'exactly'\?"):
        read_value(column, "exactley", CELL)


def test_low_open_bound_with_high_bound() -> None:
    with pytest.raises(Rejected, match="growth should be above -1 and at most 1, found -1"):
        read_value(columns_of(Good)["growth"], -1, CELL)


def test_unlimited_settings_value_is_refused() -> None:
    with pytest.raises(Rejected, match="value should be a finite number, found inf"):
        read_value(columns_of(Setting)["value"], math.inf, CELL)


def test_merged_cell_has_been_told_already() -> None:
    with pytest.raises(Rejected) as caught:
        value("population", Merged("F2:F3"))
    assert caught.value.problem is None


@pytest.mark.parametrize(("text", "number"), [("1 234.5", 1234.5), ("1'000", 1000), ("7 %", 0.07), ("seven", None)])
def test_numbers_in_text(text: str, number: float | None) -> None:
    assert text_number(text) == (None if number is None else pytest.approx(number))


def test_kinds_of_columns_follow_from_the_types() -> None:
    kinds = {
        name: columns_of(Province)[name].kind for name in ("province", "name", "least_picks", "most_picks", "status")
    }
    assert kinds == {
        "province": "code",
        "name": "text",
        "least_picks": "whole",
        "most_picks": "whole",
        "status": "choice",
    }
    assert COUNTY["province"].code_of == "Provinces"
    assert COUNTY["county"].defines_code
    assert not COUNTY["province"].defines_code
    assert COUNTY["population"].required
    assert COUNTY["site_cost_index"].default == 1.0
    assert list(COUNTY)[-3:] == ["status", "source", "note"]
