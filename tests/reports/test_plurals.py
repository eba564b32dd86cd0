"""Numbers with their words."""

import pytest

from reports.plurals import SINGULAR, counted, unit_for


@pytest.mark.parametrize(
    ("count", "told"),
    [(0, "0 counties"), (1, "1 county"), (1.0, "1 county"), (1.5, "1.5 counties"), (1_234_567, "1,234,567 counties")],
)
def test_counted(count: float, told: str) -> None:
    assert counted(count, "county", "counties") == told


def test_units_have_a_singular_where_they_are_counted() -> None:
    assert [unit_for(1, many) for many in SINGULAR] == list(SINGULAR.values())
    assert (unit_for(2, "plants"), unit_for(1, "t"), unit_for(None, "plans")) == ("plants", "t", "plans")
