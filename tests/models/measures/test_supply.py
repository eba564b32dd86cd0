"""What people get, how evenly, and how far it travels."""

from dataclasses import replace

import pytest

from models.measures.equity import equity, lorenz_points
from models.measures.self_sufficiency import self_supply
from models.measures.supply import (
    ALL_GOODS,
    arrivals,
    coverage_by_county,
    coverage_by_province,
    domestic_supply,
    national_coverage,
    output,
    output_of_new,
    used_by_plants,
)
from models.measures.transport import Haulage, haulage
from tests.models.measures.programme import programme, programme_plan
from tests.models.tiny_instance import a_plan, tiny_instance

INSTANCE, PLAN = programme(), programme_plan()


def test_output() -> None:
    assert output_of_new(INSTANCE, PLAN)["alder", "cloth", 2031] == 70
    assert ("cedar", "suits", 2031) not in output_of_new(INSTANCE, PLAN)
    assert output(INSTANCE, PLAN)["cedar", "suits", 2031] == 10


def test_arrivals() -> None:
    own, others = arrivals(PLAN)
    assert own["alder", "cloth", 2030] == 20
    assert others["birch", "cloth", 2031] == 30
    assert others["cedar", "suits", 2031] == 10


def test_people_get_what_plants_do_not_take() -> None:
    # Birch receives 30 t of cloth and tailors 10 of them.
    assert used_by_plants(INSTANCE, PLAN) == {("birch", "cloth", 2031): 10}
    assert domestic_supply(INSTANCE, PLAN)["birch", "cloth", 2031] == 20


def test_imports_count_for_people_first() -> None:
    # Of 25 t that arrive, plants take 10: 15 are left for people, whatever 5 t of imports were used for.
    ship = {**PLAN.ship, ("alder", "birch", "cloth", 2031): 25.0}
    assert domestic_supply(INSTANCE, replace(PLAN, ship=ship))["birch", "cloth", 2031] == 15
    # Where plants take more than arrives, people have nothing of it, rather than less than nothing.
    ship = {**PLAN.ship, ("alder", "birch", "cloth", 2031): 5.0}
    assert domestic_supply(INSTANCE, replace(PLAN, ship=ship))["birch", "cloth", 2031] == 0


def test_coverage_by_county() -> None:
    covered = coverage_by_county(INSTANCE, PLAN)
    assert covered["alder", "cloth", 2031] == 1
    assert covered["cedar", "cloth", 2031] == pytest.approx(1 / 3)
    assert covered["cedar", "suits", 2031] == pytest.approx(2 / 3)
    # Both goods weigh the same.
    assert covered["cedar", ALL_GOODS, 2031] == pytest.approx(0.5)
    assert covered["alder", ALL_GOODS, 2031] == pytest.approx(0.5)


def test_coverage_of_provinces_and_nation() -> None:
    covered = coverage_by_province(INSTANCE, PLAN)
    assert covered["north", "cloth", 2031] == 1
    # Birch has its 10, alder nothing.
    assert covered["north", "suits", 2031] == 0.5
    assert covered["north", ALL_GOODS, 2031] == 0.75
    nation = national_coverage(INSTANCE, domestic_supply(INSTANCE, PLAN))
    assert nation["cloth", 2031] == pytest.approx(0.6)
    assert nation["suits", 2031] == pytest.approx(0.6)
    assert nation[ALL_GOODS, 2031] == pytest.approx(0.6)


def test_a_county_without_demand_has_no_coverage() -> None:
    instance = replace(INSTANCE, demand={**INSTANCE.demand, ("alder", "suits", 2031): 0.0})
    covered = coverage_by_county(instance, PLAN)
    assert ("alder", "suits", 2031) not in covered
    assert covered["alder", ALL_GOODS, 2031] == 1


def test_equity() -> None:
    found = {(row.year, row.good): row for row in equity(INSTANCE, PLAN)}
    cloth = found[2031, "cloth"]
    # 6,000 people have a third each, 4,000 have all: 1 - 0.6 * 1/3 - 0.4 * (1/3 + 1).
    assert cloth.gini == pytest.approx(4 / 15)
    assert (cloth.least_county, cloth.least_counties, cloth.greatest_county) == ("cedar", 1, "alder")
    assert (cloth.least_province, cloth.greatest_province) == ("south", "north")
    assert cloth.disparity == pytest.approx(2 / 3)
    whole = found[2031, ALL_GOODS]
    # Alder and cedar have a half, birch all: of 6,000 in all, 1,000 + 3,000 + 2,000.
    assert whole.gini == pytest.approx(1 - 0.2 * (1 / 6) - 0.6 * (5 / 6) - 0.2 * (10 / 6))
    assert (whole.least_county, whole.least_counties) == ("alder", 2)
    assert whole.coverage == pytest.approx(0.6)


def test_equity_where_nothing_is_made() -> None:
    instance = tiny_instance(("alder", "birch"))
    (row, whole) = equity(instance, a_plan())
    assert (row.gini, row.coverage, row.least_county, row.least_counties, row.disparity) == (None, 0, "alder", 2, 0)
    assert whole.good == ALL_GOODS
    (row, _) = equity(replace(instance, demand=dict.fromkeys(instance.demand, 0.0)), a_plan())
    assert (row.coverage, row.least_county, row.least_province, row.disparity) == (None, None, None, None)


def test_lorenz_points() -> None:
    alder, cedar, birch = lorenz_points(INSTANCE, PLAN, 2031)
    assert (alder.county, alder.people, alder.supply) == ("alder", pytest.approx(0.2), pytest.approx(1 / 6))
    assert (cedar.county, cedar.people, cedar.supply) == ("cedar", pytest.approx(0.8), pytest.approx(4 / 6))
    assert (birch.county, birch.people, birch.supply) == ("birch", pytest.approx(1), pytest.approx(1))
    assert lorenz_points(tiny_instance(), a_plan(), 2027) == ()


def test_haulage() -> None:
    cloth = haulage(INSTANCE, PLAN)["cloth", 2031]
    # 20 stay; 30 go 10 km and 20 go 50 km, at 1 and 5 a tonne.
    assert (cloth.kept, cloth.sent, cloth.tonne_km, cloth.cost) == (20, 50, 1300, 130)
    assert cloth.mean_haul_sent == 26
    assert cloth.mean_haul == pytest.approx(1300 / 70)
    both = cloth + haulage(INSTANCE, PLAN)["suits", 2031]
    assert (both.kept, both.sent, both.tonne_km) == (40, 60, 1700)
    assert (Haulage().mean_haul, Haulage().mean_haul_sent) == (None, None)


def test_distribution_within_a_county_is_no_haul_of_what_is_sent() -> None:
    lane = replace(INSTANCE.lanes["alder", "alder", "cloth"], distance=5, cost=1)
    instance = replace(INSTANCE, lanes={**INSTANCE.lanes, ("alder", "alder", "cloth"): lane})
    cloth = haulage(instance, PLAN)["cloth", 2031]
    assert (cloth.tonne_km, cloth.tonne_km_within, cloth.cost) == (1300, 100, 150)
    assert (cloth.mean_haul_sent, cloth.mean_haul) == (26, 20)


def test_self_supply() -> None:
    found = self_supply(INSTANCE, PLAN)
    # Alder needs 20 and makes 70; birch uses 20 and 10 in its plant, all from alder.
    alder, birch = found["alder", "cloth", 2031], found["birch", "cloth", 2031]
    assert (alder.own_share, alder.output_ratio) == (1, 3.5)
    assert (birch.use, birch.own_share, birch.output_ratio) == (30, 0, 0)
    both = alder + birch
    assert (both.use, both.own_share) == (50, 0.4)
