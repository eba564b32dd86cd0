"""Whose raw materials are used, and how well plants match them."""

from dataclasses import replace

import pytest

from models.measures.raw_materials import MaterialValue, Suitability, material_value, mean_suitability, suitability
from tests.models.measures.programme import programme, programme_plan

INSTANCE, PLAN = programme(), programme_plan()


def test_material_value() -> None:
    found = material_value(INSTANCE, PLAN)
    # 40 t of its own at 1, 30 bought at 2.
    assert found["alder", 2031] == MaterialValue(local=40, bought=60)
    assert found["alder", 2031].local_share == 0.4
    # 10 t of cloth at the market price of 4, in no share.
    assert found["birch", 2031] == MaterialValue(made=40)
    assert found["birch", 2031].local_share == 0
    assert found["cedar", 2031] == MaterialValue()
    assert (found["alder", 2031] + found["birch", 2031]).local_share == pytest.approx(40 / 140)


def test_suitability() -> None:
    found = {(place.county, place.good): place for place in suitability(INSTANCE, PLAN)}
    # Weaving 60 t in alder: 40 t of its own at 1, 20 bought at 2. Cedar has more than it needs.
    assert found["alder", "cloth"] == Suitability("alder", "cloth", "weave", 0.5, 1)
    assert found["cedar", "cloth"] == Suitability("cedar", "cloth", "weave", 1.0, 0)
    # Fabric is no county's own. A modernisation is no place for a new plant.
    assert found["birch", "suits"] == Suitability("birch", "suits", "tailor", 0.0, 1)
    assert ("cedar", "suits") not in found
    assert mean_suitability(found.values()) == (0.25, 1.0)


def test_suitability_judges_by_the_cheapest_plant() -> None:
    # A smaller mill of 40 t would be fed by alder alone.
    small = replace(INSTANCE.designs["weave"], code="small")
    option = replace(INSTANCE.options["alder", "weave"], capacity=40 / 0.6, investment=60)
    instance = replace(
        INSTANCE,
        designs={**INSTANCE.designs, "small": small},
        options={**INSTANCE.options, ("alder", "small"): option},
    )
    alder = suitability(instance, PLAN)[0]
    assert (alder.design, alder.own_share) == ("small", pytest.approx(1))


def test_a_plant_without_raw_materials_is_not_judged() -> None:
    designs = {**INSTANCE.designs, "tailor": replace(INSTANCE.designs["tailor"], inputs={})}
    found = {place.county: place for place in suitability(replace(INSTANCE, designs=designs), PLAN)}
    assert found["birch"].own_share is None
    assert mean_suitability([found["birch"]]) == (None, None)
