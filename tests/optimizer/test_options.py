import math
from dataclasses import asdict, fields
from typing import Any

import pytest

from inputs.columns import setting_columns
from inputs.settings import Settings
from optimizer.options import InvalidOption, SolveOptions, options_from

SETTINGS = Settings(first_year=2027, last_year=2028, gap=0.03, time_limit=60.0, threads=4, seed=7, solver="SCIP")


def test_none_is_as_in_the_settings() -> None:
    assert options_from(SETTINGS) == SolveOptions(gap=0.03, time_limit=60.0, threads=4, seed=7, solver="SCIP")


@pytest.mark.parametrize(
    ("name", "value"), [("gap", 0.0), ("time_limit", 0.5), ("threads", 1), ("seed", 0), ("solver", "HiGHS")]
)
def test_an_argument_replaces_its_setting_and_no_other(name: str, value: Any) -> None:
    assert asdict(options_from(SETTINGS, **{name: value})) == {**asdict(options_from(SETTINGS)), name: value}


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("gap", -0.1, "gap should be a number from 0 to 1, found -0.1"),
        ("gap", 7, "gap should be a number from 0 to 1, found 7"),
        ("gap", math.nan, "gap should be a number from 0 to 1, found nan"),
        ("gap", "0.1", "gap should be a number from 0 to 1, found '0.1'"),
        ("time_limit", 0, "time_limit should be a number above 0, found 0"),
        ("time_limit", math.inf, "time_limit should be a number above 0, found inf"),
        ("threads", 0, "threads should be a whole number from 1 to 256, found 0"),
        ("threads", 2.0, "threads should be a whole number from 1 to 256, found 2.0"),
        ("threads", True, "threads should be a whole number from 1 to 256, found True"),
        ("seed", -1, "seed should be a whole number from 0 to 2147483647, found -1"),
        ("solver", " ", "solver should be the name of a solver, found ' '"),
    ],
)
def test_a_value_out_of_bounds_is_refused(name: str, value: Any, message: str) -> None:
    with pytest.raises(ValueError, match="should be") as raised:
        options_from(SETTINGS, **{name: value})
    assert isinstance(raised.value, InvalidOption)
    assert raised.value.name == name
    assert str(raised.value) == message


def test_every_option_is_a_setting() -> None:
    assert {field.name for field in fields(SolveOptions)} <= set(setting_columns())
