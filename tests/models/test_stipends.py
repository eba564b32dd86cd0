"""`stipends`: workers leave the market for plants only for a stated share of what they made there."""

import pytest

from models.plan import Plan
from tests.models.evaluation import judge, optimum, rows_of
from tests.models.golden_files import rendered, stored
from tests.models.small_instance import changed, with_county, with_design, with_good, with_option, with_policy
from tests.models.tiny_instance import a_plan, tiny_instance

# Stipends are a quarter of sales: 1 for a tonne of food beyond the mill's quota of 4 t, 2 for a tonne of cloth. A
# worker made 3 elsewhere and should get half of it, so the two of a mill 3 and the one of a loom 1.5.
PRICED = with_good(
    with_good(tiny_instance(["alder", "birch"], goods=["food", "cloth"]), "food", market_price=4),
    "cloth",
    market_price=8,
)
STAFFED = with_option(with_option(PRICED, "alder", "mill", workers=2), "alder", "loom", workers=1)
# In birch workers made nothing.
EXAMPLE = with_county(
    with_policy(with_design(STAFFED, "mill", quota=0.4), stipend_share=0.25, least_stipend=0.5),
    "alder",
    market_product=3,
)
MILL = a_plan(start={("alder", "mill", 2027): 1}, produce={("alder", "mill", 2027): 7})
BOTH = changed(MILL, start={("alder", "loom", 2027): 1}, produce={("alder", "loom", 2027): 0.75})
BROKEN = (["stipends.alder.2027"], [("alder", 2027)])


def test_golden() -> None:
    assert rendered("stipends", EXAMPLE) == stored("stipends")


@pytest.mark.parametrize("plan", [MILL, BOTH], ids=["mill", "both"])
def test_obeys(plan: Plan) -> None:
    # 7 - 4 = 3 for the mill's two; 2 x 0.75 = 1.5 for the loom's one.
    assert judge("stipends", EXAMPLE, plan) == ([], [])


def test_obeys_where_another_plant_of_the_county_earns_it() -> None:
    # 5 - 4 + 2 x 1.75 = 4.5.
    shared = changed(BOTH, produce={("alder", "mill", 2027): 5, ("alder", "loom", 2027): 1.75})
    assert judge("stipends", EXAMPLE, shared) == ([], [])


def test_breaks() -> None:
    assert judge("stipends", EXAMPLE, changed(MILL, produce={("alder", "mill", 2027): 6.9})) == BROKEN


def test_breaks_by_one_plant_more() -> None:
    # Two mills have a quota of 8 t, and should pay 6.
    two = changed(MILL, start={("alder", "mill", 2027): 2}, produce={("alder", "mill", 2027): 13.9})
    assert judge("stipends", EXAMPLE, two) == BROKEN
    assert judge("stipends", EXAMPLE, changed(two, produce={("alder", "mill", 2027): 14})) == ([], [])


def test_breaks_although_another_county_earns_enough() -> None:
    other = changed(
        MILL,
        start={("birch", "loom", 2027): 1},
        produce={("alder", "mill", 2027): 6.9, ("birch", "loom", 2027): 10},
    )
    assert judge("stipends", EXAMPLE, other) == BROKEN


def test_no_row_without_a_least_stipend() -> None:
    assert rows_of("stipends", EXAMPLE) == ["stipends.alder.2027"]
    assert rows_of("stipends", with_policy(EXAMPLE, least_stipend=0)) == []


def test_effect() -> None:
    # A mill for 30 takes two workers who made 3 each. Without a quota stipends are 10 for 6; with a quota of half of
    # its output they are 5 for 6, nobody comes, and 10 t are imported.
    one = with_county(with_option(tiny_instance(), "alder", "mill", workers=2), "alder", market_product=3)
    paid = with_policy(with_good(one, "food", market_price=4), stipend_share=0.25, least_stipend=1)
    halved = with_design(paid, "mill", quota=0.5)
    assert optimum(paid) == pytest.approx(36)
    assert optimum(halved) == pytest.approx(100)
    assert optimum(with_policy(halved, least_stipend=0.8)) == pytest.approx(36)
    assert optimum(halved, without="stipends") == pytest.approx(36)
