"""How plants, support bases, existing industry and workers are used."""

from dataclasses import replace

import pytest

from models.measures.labour import labour_drawn
from models.measures.plants import (
    Utilisation,
    existing_output,
    modernised,
    support_bases,
    supported,
    utilisation,
)
from models.records import NO_LIMIT
from tests.models.measures.programme import programme, programme_plan

INSTANCE, PLAN = programme(), programme_plan()


def test_utilisation() -> None:
    found = utilisation(INSTANCE, PLAN)
    assert found["alder", "weave", 2030] == Utilisation(running=1, capacity=100, allowed=50, output=50)
    # 60 % in 2031 and 20 points of the support base.
    assert found["alder", "weave", 2031] == Utilisation(running=1, capacity=100, allowed=80, output=70)
    assert (found["alder", "weave", 2031].used_share, found["alder", "weave", 2031].allowed_share) == (0.7, 0.8)
    # Nothing runs while it is built.
    assert set(found) == {("alder", "weave", 2030), ("alder", "weave", 2031), ("birch", "tailor", 2031)}
    both = found["alder", "weave", 2031] + found["birch", "tailor", 2031]
    assert (both.capacity, both.used_share) == (140, pytest.approx(90 / 140))


def test_utilisation_of_unlimited_capacity() -> None:
    option = replace(INSTANCE.options["alder", "weave"], capacity=NO_LIMIT)
    found = utilisation(replace(INSTANCE, options={**INSTANCE.options, ("alder", "weave"): option}), PLAN)
    assert (found["alder", "weave", 2031].capacity, found["alder", "weave", 2031].used_share) == (NO_LIMIT, None)


def test_support_bases() -> None:
    # Founded in 2030, at work a year later.
    assert supported(INSTANCE, PLAN) == {("north", 2031)}
    (base,) = support_bases(INSTANCE, PLAN)
    assert (base.province, base.founded, base.works_from, base.cost) == ("north", 2030, 2031, 10)
    # 70 t of cloth where 60 would be possible without it.
    assert base.extra == {("cloth", 2031): 10}
    assert support_bases(INSTANCE, replace(PLAN, support={})) == ()


def test_existing_output() -> None:
    found = existing_output(INSTANCE, PLAN)
    before, after = found["cedar", "suits", 2030], found["cedar", "suits", 2031]
    assert (before.usual, before.crowded_out, before.output, before.idle) == (20, 0, 20, 0)
    assert (after.usual, after.crowded_out, after.output, after.idle) == (20, 10, 10, 0)
    idle = existing_output(INSTANCE, replace(PLAN, produce_existing={}))
    assert idle["cedar", "suits", 2031].idle == 10
    assert modernised(INSTANCE, PLAN) == {("cedar", "suits"): 2031}


def test_labour_drawn() -> None:
    found = labour_drawn(INSTANCE, PLAN)
    birch = found["birch", 2031]
    # Five workers of fifty, who would produce 2 each.
    assert (birch.workers, birch.pool_share, birch.product) == (5, 0.1, 10)
    assert ("birch", 2030) not in found
    counties = {**INSTANCE.counties, "birch": replace(INSTANCE.counties["birch"], workers=NO_LIMIT)}
    assert labour_drawn(replace(INSTANCE, counties=counties), PLAN)["birch", 2031].pool_share is None
