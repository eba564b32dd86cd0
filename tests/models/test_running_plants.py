"""`running_plants`: a plant runs from its lead time after its start until its lifetime is over."""

import pytest

from models.records import NO_LIMIT
from tests.models.evaluation import judge, optimum
from tests.models.golden_files import rendered, stored
from tests.models.small_instance import with_design, with_option, with_policy
from tests.models.tiny_instance import a_plan, tiny_instance

# Started in 2027 or 2028, a plant runs two years from 2028 or 2029.
EXAMPLE = with_design(tiny_instance(years=4), "mill", lead_years=1, lifetime_years=2)
START = {("alder", "mill", 2027): 1}


def mill(*years: int) -> dict[tuple[str, str, int], float]:
    return {("alder", "mill", year): 1 for year in years}


def test_golden() -> None:
    assert rendered("running_plants", EXAMPLE) == stored("running_plants")


def test_obeys() -> None:
    plan = a_plan(start=START, produce=mill(2028, 2029))
    assert judge("running_plants", EXAMPLE, plan, running=mill(2028, 2029)) == ([], [])


def test_obeys_for_ever_without_a_lifetime() -> None:
    endless = with_design(EXAMPLE, "mill", lifetime_years=NO_LIMIT)
    plan = a_plan(start=START, produce=mill(2028, 2029, 2030))
    assert judge("running_plants", endless, plan, running=mill(2028, 2029, 2030)) == ([], [])


@pytest.mark.parametrize(("year", "rows"), [(2027, (2027, 2028)), (2030, (2030,))])
def test_breaks_by_running_too_early_or_too_late(year: int, rows: tuple[int, ...]) -> None:
    years = (*range(2028, 2030), year)
    found = judge("running_plants", EXAMPLE, a_plan(start=START, produce=mill(*years)), running=mill(*years))
    assert found == ([f"running_plants.alder.mill.{when}" for when in rows], [("alder", "mill", year)])


def test_breaks_by_running_unbuilt() -> None:
    found = judge("running_plants", EXAMPLE, a_plan(produce=mill(2030)), running=mill(2030))
    assert found == (["running_plants.alder.mill.2030"], [("alder", "mill", 2030)])


def test_effect_of_the_lead_time() -> None:
    # A year of imports for 100 and a plant for 30. Without the rule plants run that are never started.
    slow = with_design(tiny_instance(years=2), "mill", lead_years=1)
    assert optimum(slow) == pytest.approx(130)
    assert optimum(slow, without="running_plants") == pytest.approx(0)


def test_effect_of_the_lifetime() -> None:
    # A plant in each year, 2 x 30.
    short = with_design(with_policy(tiny_instance(years=2), build_window=1), "mill", lifetime_years=1)
    two = with_option(short, "alder", "mill", max_plants=2)
    assert optimum(two) == pytest.approx(60)
    assert optimum(two, without="running_plants") == pytest.approx(0)
