"""`local_input_share`: at least a stated share of raw materials is the counties' own, in each area of its scope."""

import math

import pytest

from models.instance import Instance
from models.records import Input, Province
from tests.models.evaluation import judge, optimum, rows_of
from tests.models.golden_files import rendered, stored
from tests.models.small_instance import altered, changed, with_county, with_design, with_entries, with_good, with_policy
from tests.models.tiny_instance import a_plan, tiny_instance

# Grain costs 3 at home, 2 elsewhere; sacks are cloth, worth 6, or bought for 4.
THREE = tiny_instance(
    ["alder", "birch", "cedar"],
    goods=["food", "cloth"],
    inputs={"grain": Input("grain", "Grain", 3, 2), "sacks": Input("sacks", "Sacks", 5, 4, good="cloth")},
    input_supply={("alder", "grain"): 9, ("cedar", "grain"): 9},
)
SOUTH = {"south": Province("south", "South", "south", least_picks=0, most_picks=math.inf)}
SPREAD = with_good(
    with_county(with_entries(THREE, "provinces", SOUTH), "cedar", province="south"), "cloth", market_price=6
)
EXAMPLE = with_policy(
    with_design(SPREAD, "mill", inputs={"grain": 1, "sacks": 0.1}), local_input_share=0.25, local_input_scope="province"
)
# Alder has 18 of 18 + 2; birch 0 of 16 + 4, 18 of 40 in the north; cedar 12 of 12 + 18, 30 of 70 in the nation.
PLAN = a_plan(
    local_input={("alder", "grain", 2027): 6, ("cedar", "grain", 2027): 4},
    bought_input={
        ("alder", "grain", 2027): 1,
        ("birch", "grain", 2027): 8,
        ("birch", "sacks", 2027): 1,
        ("cedar", "grain", 2027): 9,
    },
)


def sharing(share: float, scope: str) -> Instance:
    return with_policy(EXAMPLE, local_input_share=share, local_input_scope=scope)


def test_golden() -> None:
    assert rendered("local_input_share", EXAMPLE) == stored("local_input_share")


@pytest.mark.parametrize(("scope", "share"), [("province", 0.4), ("nation", 3 / 7)])
def test_obeys(scope: str, share: float) -> None:
    assert judge("local_input_share", sharing(share, scope), PLAN) == ([], [])


def test_obeys_in_each_county() -> None:
    # Birch makes nothing.
    idle = changed(PLAN, bought_input={("birch", "grain", 2027): None, ("birch", "sacks", 2027): None})
    assert judge("local_input_share", sharing(0.4, "county"), idle) == ([], [])


@pytest.mark.parametrize(
    ("scope", "share", "row", "index"),
    [
        ("county", 0.4, ".birch", ("birch",)),
        ("province", 0.41, ".south", ("south",)),
        ("nation", 0.43, "", ()),
    ],
)
def test_breaks(scope: str, share: float, row: str, index: tuple[str, ...]) -> None:
    found = judge("local_input_share", sharing(share, scope), PLAN)
    assert found == ([f"local_input_share{row}.2027"], [(*index, 2027)])


def test_breaks_by_value_rather_than_weight() -> None:
    # Alder has 4 t of its own grain for 12 and 4 t of bought for 8: 0.6 of its value, half of its weight.
    half = a_plan(local_input={("alder", "grain", 2027): 4}, bought_input={("alder", "grain", 2027): 4})
    assert judge("local_input_share", sharing(0.6, "county"), half) == ([], [])
    cheap = altered(sharing(0.6, "county"), "inputs", "grain", local_price=1)
    assert judge("local_input_share", cheap, half) == (["local_input_share.alder.2027"], [("alder", 2027)])


def test_obeys_and_breaks_by_what_is_a_good() -> None:
    # A tonne of cloth counts at its market price, as bought: 18 of 40 + 6 in the north are 0.391.
    cloth = changed(PLAN, made_input={("alder", "sacks", 2027): 1})
    assert judge("local_input_share", sharing(0.39, "province"), cloth) == ([], [])
    found = judge("local_input_share", sharing(0.395, "province"), cloth)
    assert found == (["local_input_share.north.2027"], [("north", 2027)])


def test_breaks_in_one_year() -> None:
    later = with_design(tiny_instance(years=2, input_supply={("alder", "grain"): 9}), "mill", inputs={"grain": 1})
    plan = a_plan(local_input={("alder", "grain", 2027): 9}, bought_input={("alder", "grain", 2028): 1})
    found = judge("local_input_share", with_policy(later, local_input_share=0.1), plan)
    assert found == (["local_input_share.alder.2028"], [("alder", 2028)])


def test_no_row_without_a_share() -> None:
    assert rows_of("local_input_share", sharing(0, "nation")) == []


@pytest.mark.parametrize(
    ("scope", "birch_in", "least"),
    [("county", "north", 145), ("province", "north", 90), ("province", "south", 145), ("nation", "south", 90)],
)
def test_effect(scope: str, birch_in: str, least: float) -> None:
    # A mill for 30 needs 10 t of grain, of which alder has enough for 3 a tonne, birch none; bought it is 1. With x t
    # of alder's own among n t the share is half where 3 x = n - x. On its own alder uses 2.5 t, 30 + 10 + 2 x 2.5 = 45,
    # and birch, which has none, imports for 100. Together they use 5 t, 60 + 20 + 2 x 5 = 90. Without the rule all is
    # bought, 60 + 20.
    two = tiny_instance(
        ["alder", "birch"],
        inputs={"grain": Input("grain", "Grain", local_price=3, bought_price=1)},
        input_supply={("alder", "grain"): 10},
    )
    milled = with_design(with_entries(two, "provinces", SOUTH), "mill", inputs={"grain": 1})
    shared = with_policy(milled, local_input_share=0.5, local_input_scope=scope)
    instance = with_county(shared, "birch", province=birch_in)
    assert optimum(instance) == pytest.approx(least)
    assert optimum(instance, without="local_input_share") == pytest.approx(80)


def test_effect_of_what_is_a_good() -> None:
    # A mill for 30 needs 10 t of sacks: the county's own for 4 a tonne, or cloth of a loom for 30, which counts 6 a
    # tonne. Half of the value is its own only where 6 t are, 30 + 30 + 24; all of them its own are 30 + 40. Without the
    # rule a loom makes them, 60.
    sacks = {"sacks": Input("sacks", "Sacks", local_price=4, bought_price=50, good="cloth")}
    one = tiny_instance(goods=["food", "cloth"], inputs=sacks, input_supply={("alder", "sacks"): 10})
    milled = with_entries(with_design(one, "mill", inputs={"sacks": 1}), "demand", {("alder", "cloth", 2027): 0.0})
    shared = with_policy(with_good(milled, "cloth", market_price=6), local_input_share=0.5)
    assert optimum(shared) == pytest.approx(70)
    assert optimum(shared, without="local_input_share") == pytest.approx(60)
    assert optimum(with_good(shared, "cloth", market_price=0)) == pytest.approx(60)
