"""Options of a saved run, to go on with."""

from dataclasses import asdict, fields, replace

import pytest

from optimizer.options import InvalidOption, SolveOptions
from optimizer.saved_options import KINDS, options_of_saved
from reports.background import Background

USED = SolveOptions(0.02, 30.0, 2, 7, "HiGHS")
ORIGIN = Background("small.xlsx", "ab", options={name: str(value) for name, value in asdict(USED).items()})


def test_as_it_was_solved() -> None:
    assert options_of_saved(ORIGIN, {}) == USED


def test_what_is_asked_for_goes_before() -> None:
    assert options_of_saved(ORIGIN, {"gap": 0.0, "seed": None}) == replace(USED, gap=0.0)


@pytest.mark.parametrize("name", [field.name for field in fields(SolveOptions)])
def test_what_nobody_says_must_be_given(name: str) -> None:
    silent = replace(ORIGIN, options={key: value for key, value in ORIGIN.options.items() if key != name})
    with pytest.raises(InvalidOption, match=f"{name} should be given"):
        options_of_saved(silent, {})


def test_every_option_is_read() -> None:
    assert list(KINDS) == [field.name for field in fields(SolveOptions)]
