"""How industry is spread, and what hangs on one province."""

from dataclasses import replace

import pytest

from models.measures.dispersion import coverage_without, dispersion, new_capacity, plants_started
from models.measures.supply import ALL_GOODS
from models.records import NO_LIMIT
from tests.models.measures.programme import programme, programme_plan
from tests.models.tiny_instance import a_plan, tiny_instance

INSTANCE, PLAN = programme(), programme_plan()


def test_new_capacity() -> None:
    found = new_capacity(INSTANCE, PLAN)
    # The modernised suit factory counts; unusable capacity too.
    assert found == {("north", "cloth"): 100, ("north", "suits"): 40, ("south", "cloth"): 0, ("south", "suits"): 30}
    assert plants_started(INSTANCE, PLAN) == {("alder", "cloth"): 1, ("birch", "suits"): 1, ("cedar", "suits"): 1}


def test_coverage_without_a_province() -> None:
    left = coverage_without(INSTANCE, PLAN)
    # All cloth comes from the north; of suits cedar's old factory makes 10 of 50.
    assert left["north", "cloth", 2031] == 0
    assert left["north", "suits", 2031] == pytest.approx(0.2)
    assert left["north", ALL_GOODS, 2031] == pytest.approx(0.1)
    # Without the south all cloth is still there, and 20 of 50 suits from birch.
    assert left["south", "cloth", 2031] == pytest.approx(0.6)
    assert left["south", "suits", 2031] == pytest.approx(0.4)


def test_nothing_is_planned_anew() -> None:
    # With birch in the south too, its 10 t of cloth for suits do not go to people when the south is lost.
    counties = {**INSTANCE.counties, "birch": replace(INSTANCE.counties["birch"], province="south")}
    instance = replace(INSTANCE, counties=counties)
    assert coverage_without(instance, PLAN)["south", "cloth", 2031] == pytest.approx(0.6)


def test_dispersion() -> None:
    cloth, suits, whole = dispersion(INSTANCE, PLAN)
    assert (cloth.largest_province, cloth.largest_share, cloth.herfindahl) == ("north", 1, 1)
    assert (suits.new_capacity, suits.largest_province, suits.largest_share) == (70, "north", pytest.approx(4 / 7))
    assert suits.herfindahl == pytest.approx(25 / 49)
    assert (cloth.counties, suits.counties, whole.counties) == (1, 2, 3)
    assert (suits.coverage, suits.worst_province, suits.coverage_left) == (
        pytest.approx(0.6),
        "north",
        pytest.approx(0.2),
    )
    # Tonnes of cloth and suits do not add up.
    assert (whole.good, whole.new_capacity, whole.largest_share, whole.herfindahl) == (ALL_GOODS, None, None, None)
    assert whole.coverage_left == pytest.approx(0.1)


def test_dispersion_of_another_year() -> None:
    cloth, suits, _ = dispersion(INSTANCE, PLAN, 2030)
    # In 2030 suits come from cedar alone, which keeps 20 of 50.
    assert (cloth.worst_province, suits.worst_province, suits.coverage) == ("north", "south", 0.4)


def test_nothing_built_and_unlimited_capacity() -> None:
    food, _ = dispersion(tiny_instance(), a_plan())
    assert (food.new_capacity, food.largest_province, food.largest_share, food.herfindahl) == (0, None, None, None)
    assert (food.counties, food.coverage, food.worst_province) == (0, 0, "north")
    tiny = tiny_instance()
    option = replace(tiny.options["alder", "mill"], capacity=NO_LIMIT)
    instance = replace(tiny, options={("alder", "mill"): option})
    food, _ = dispersion(instance, a_plan(start={("alder", "mill", 2027): 1}))
    assert (food.new_capacity, food.largest_share, food.herfindahl, food.counties) == (NO_LIMIT, None, None, 1)
