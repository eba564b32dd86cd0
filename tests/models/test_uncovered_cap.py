"""`uncovered_cap`: no more people are left uncovered than a cap."""

import pytest

from models.records import NO_LIMIT
from tests.models.evaluation import judge, optimum, rows_of
from tests.models.golden_files import rendered, stored
from tests.models.small_instance import changed, with_county, with_entries, with_good, with_policy, without_entries
from tests.models.tiny_instance import a_plan, tiny_instance

# Food in alder, 1000 people, and in birch, 3000; cloth is wanted in birch alone. Food may be short as well.
BOTH = with_good(tiny_instance(["alder", "birch"], years=2, goods=["food", "cloth"]), "food", shortage_penalty=5)
NO_CLOTH = with_entries(BOTH, "demand", {("alder", "cloth", year): 0 for year in (2027, 2028)})
EXAMPLE = with_policy(with_county(NO_CLOTH, "birch", population=3_000), uncovered_cap=1_400, objective_from=2028)
# In 2028 a fifth of the food of alder and two fifths of that of birch, and half of its cloth: 200 and 600 and 750.
PLAN = a_plan(
    imports={("alder", "food", 2027): 10, ("alder", "food", 2028): 2, ("birch", "cloth", 2028): 4},
    shortage={("birch", "food", 2028): 4},
)


def test_golden() -> None:
    assert rendered("uncovered_cap", EXAMPLE) == stored("uncovered_cap")


def test_obeys() -> None:
    # 200 + 600 + 600.
    assert judge("uncovered_cap", EXAMPLE, PLAN) == ([], [])


def test_breaks_by_one_more() -> None:
    for more in ({"imports": {("alder", "food", 2028): 2.1}}, {"shortage": {("birch", "food", 2028): 4.1}}):
        assert judge("uncovered_cap", EXAMPLE, changed(PLAN, **more)) == (["uncovered_cap.total"], [("total",)])


def test_breaks_from_the_objectives_first_year_on() -> None:
    all_years = with_policy(EXAMPLE, objective_from=0)
    assert judge("uncovered_cap", all_years, PLAN) == (["uncovered_cap.total"], [("total",)])
    assert judge("uncovered_cap", with_policy(all_years, uncovered_cap=2_400), PLAN) == ([], [])


def test_no_row_without_a_cap_or_where_nobody_can_be_uncovered() -> None:
    assert rows_of("uncovered_cap", with_policy(EXAMPLE, uncovered_cap=NO_LIMIT)) == []
    assert rows_of("uncovered_cap", with_entries(EXAMPLE, "demand", dict.fromkeys(EXAMPLE.demand, 0))) == []


@pytest.mark.parametrize(("cap", "cost"), [(4_000, 200), (3_000, 290), (2_000, 350), (1_000, 350), (999, 440)])
def test_effect(cap: float, cost: float) -> None:
    # To import all costs 100 in each of alder, with 1000 people, and birch, with 3000; mills cost 190 and 250. Alder's
    # covers 1000 for 90 more, birch's 3000 for 150 more. With 999 uncovered both stand: 440.
    two = with_county(tiny_instance(["alder", "birch"]), "birch", population=3_000)
    for county, price in (("alder", 190), ("birch", 250)):
        option = two.options[county, "mill"]
        two = with_entries(two, "options", {(county, "mill"): type(option)(**{**_fields(option), "investment": price})})
    held = with_policy(two, uncovered_cap=cap)
    assert optimum(held) == pytest.approx(cost)
    assert optimum(held, without="uncovered_cap") == pytest.approx(200)
    assert optimum(without_entries(with_policy(two, uncovered_cap=0), "options", ("birch", "mill"))) == float("inf")


def _fields(option: object) -> dict[str, object]:
    return {name: getattr(option, name) for name in type(option).__dataclass_fields__}  # type: ignore[attr-defined]
