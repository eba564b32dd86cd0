from collections import defaultdict

import pytest

from models.costs import charges_of
from models.measures.attribution import charges_by_good, supply_costs
from models.measures.sources import IMPORTS, Source, sources
from models.records import ExistingPlant, Lane
from tests.models.measures.programme import programme, programme_plan
from tests.models.tiny_instance import a_plan, design, option, tiny_instance


def test_charges_by_good_add_up_to_the_terms() -> None:
    instance, plan = programme(), programme_plan()
    by_term: dict[str, float] = defaultdict(float)
    for charge in charges_by_good(instance, plan):
        by_term[charge.term] += charge.amount
    expected: dict[str, float] = defaultdict(float)
    for charge in charges_of(instance, plan):
        expected[charge.term] += charge.amount
    assert by_term == pytest.approx(expected)


def test_supply_costs_are_all_that_belongs_to_a_good() -> None:
    instance, plan = programme(), programme_plan()
    supplied = sum(cost.total for cost in supply_costs(instance, plan).values())
    assert supplied == pytest.approx(sum(one.amount for one in charges_by_good(instance, plan) if one.good))


def test_a_plant_is_charged_to_those_it_supplies_by_tonnes() -> None:
    """A mill of 30 in alder sends 2 t home and 8 t to birch, at 3 a tonne: 6, and 24 + 24; birch imports 2 t at 10."""
    instance = tiny_instance(
        ("alder", "birch"),
        lanes={("alder", "alder", "food"): Lane(0, 0), ("alder", "birch", "food"): Lane(5, 3)},
        options={("alder", "mill"): option()},
    )
    plan = a_plan(
        start={("alder", "mill", 2027): 1.0},
        produce={("alder", "mill", 2027): 10.0},
        ship={("alder", "alder", "food", 2027): 2.0, ("alder", "birch", "food", 2027): 8.0},
        imports={("birch", "food", 2027): 2.0},
    )
    found = supply_costs(instance, plan)
    assert found["alder", "food"].parts() == {
        "construction": 6, "running": 0, "transport": 0, "imports": 0, "shortage": 0,
    }  # fmt: skip
    assert found["birch", "food"].parts() == {
        "construction": 24, "running": 0, "transport": 24, "imports": 20, "shortage": 0,
    }  # fmt: skip
    assert found["birch", "food"].total == 68


def test_a_plant_that_sends_nothing_is_charged_to_its_county() -> None:
    instance = tiny_instance()
    found = supply_costs(instance, a_plan(start={("alder", "mill", 2027): 1.0}))
    assert found["alder", "food"].construction == 30


def test_raw_materials_are_spread_by_what_plants_take() -> None:
    """2 t of grain at 2 a tonne, 1.5 t of it for food and 0.5 t for cloth: 3 and 1."""
    designs = {
        "mill": design("mill", "food", inputs={"grain": 1.5}),
        "loom": design("loom", "cloth", inputs={"grain": 0.5}),
    }
    instance = tiny_instance(goods=("food", "cloth"), designs=designs)
    plan = a_plan(
        produce={("alder", "mill", 2027): 1.0, ("alder", "loom", 2027): 1.0},
        bought_input={("alder", "grain", 2027): 2.0},
    )
    amounts = {one.good: one.amount for one in charges_by_good(instance, plan) if one.term == "inputs"}
    assert amounts == {"food": 3.0, "cloth": 1.0}


def test_sources_share_what_a_county_pools() -> None:
    """Alder's 10 t are 7.5 of its mill and 2.5 of an old plant; birch has 4 of them and imports 5."""
    instance = tiny_instance(
        ("alder", "birch"),
        lanes={("alder", "alder", "food"): Lane(0, 0), ("alder", "birch", "food"): Lane(5, 3)},
        existing={("alder", "food"): ExistingPlant(5, 0, 0)},
    )
    plan = a_plan(
        produce={("alder", "mill", 2027): 7.5},
        produce_existing={("alder", "food", 2027): 2.5},
        ship={("alder", "alder", "food", 2027): 6.0, ("alder", "birch", "food", 2027): 4.0},
        imports={("birch", "food", 2027): 5.0},
    )
    found = sources(instance, plan, 2027)
    assert found["alder", "food"].by_source == {Source("county"): 4.5, Source("existing"): 1.5}
    assert found["alder", "food"].main == Source("county")
    assert found["alder", "food"].main_sender is None
    birch = found["birch", "food"]
    assert birch.by_source == {Source("county", True): 3.0, Source("existing", True): 1.0, Source(IMPORTS): 5.0}
    assert birch.main == Source(IMPORTS)
    assert birch.main_sender == "alder"


def test_nothing_used_has_no_source() -> None:
    assert sources(tiny_instance(), a_plan(), 2027)["alder", "food"].main is None
