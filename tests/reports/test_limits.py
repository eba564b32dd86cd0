"""Which limits of policy are told one by one."""

from dataclasses import replace

from models.plan import Limit
from reports.limits import limits
from tests.models.measures.programme import programme
from tests.reports.programme_result import programme_result

INSTANCE = programme()
RESULT = programme_result()
YEAR = INSTANCE.last_year
COUNTY = next(iter(INSTANCE.counties))


def told(*found: Limit) -> list[tuple[str, str]]:
    frame = limits(INSTANCE, replace(RESULT, limits=found))
    return list(zip(frame["rule"], frame["codes"], strict=True))


def test_a_gini_cap_is_told_by_year_and_only_where_it_binds() -> None:
    bound, loose = Limit("gini_cap", (YEAR,), 0.0, 0.0, 0.0), Limit("gini_cap", (YEAR - 1,), -0.1, 0.0, 0.1)
    county = Limit("gini_cap", (COUNTY, YEAR, "least"), 0.0, 0.0, 0.0)
    assert told(bound, loose, county) == [("gini_cap", str(YEAR))]


def test_caps_on_the_uncovered_and_on_cost_are_always_told() -> None:
    caps = (Limit("uncovered_cap", ("total",), 90.0, 100.0, 10.0), Limit("cost_cap", ("total",), 5.0, 5.0, 0.0))
    assert set(told(*caps)) == {("uncovered_cap", "total"), ("cost_cap", "total")}
