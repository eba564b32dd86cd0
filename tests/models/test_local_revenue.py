"""`local_revenue`: a county takes in its base revenue and its share of what the plants in it earn."""

import pytest

from models.instance import Instance
from models.records import ExistingPlant, Input, Purse
from tests.models.evaluation import judge, optimum
from tests.models.golden_files import rendered, stored
from tests.models.small_instance import (
    altered,
    changed,
    with_county,
    with_design,
    with_entries,
    with_good,
    with_option,
    with_policy,
    without_entries,
)
from tests.models.tiny_instance import a_plan, tiny_instance

# A mill makes 10 t/yr, 5 of them for the state at 4; the rest sells at 6, of which workers get a fifth. It costs 2 a
# tonne and 6 a year, 1.5 t of grain at 1 or 2 and 0.2 t of thread at 5, or of cloth at its market price of 30. The old
# cloth plant makes 6 t/yr for 3 a tonne; half of that is lost by joining. The county gets half of all this.
PLACE = ("alder", 2027)
OLD = ExistingPlant(capacity=6, variable_cost=3, crowded_out=0.5)
BARE = without_entries(
    tiny_instance(goods=["food", "cloth"], existing={("alder", "cloth"): OLD}), "options", ("alder", "loom")
)
PRICED = with_good(with_good(BARE, "food", state_price=4, market_price=6), "cloth", state_price=20, market_price=30)
FITTED = with_entries(
    with_entries(PRICED, "inputs", {"thread": Input("thread", "Thread", local_price=3, bought_price=5, good="cloth")}),
    "input_supply",
    {("alder", "grain"): 10},
)
BUILT = with_option(FITTED, "alder", "mill", fixed_cost=6, variable_cost=2)
EXAMPLE = with_policy(
    with_entries(
        with_design(BUILT, "mill", quota=0.5, inputs={"grain": 1.5, "thread": 0.2}),
        "purses",
        {PLACE: Purse(base_revenue=100, essential=0, quota=0, rate=0)},
    ),
    plant_income_share=0.5,
    stipend_share=0.2,
)
# 8 t: 5 x 4 + 3 x 4.8 = 34.4, less 16 + 6, less 10 x 1 + 2 x 2 for grain, less 0.6 x 5 + 1 x 30 for thread, and
# (30 - 3) x 3 = 81 less of cloth: -115.6. Half of that is -57.8.
PLAN = a_plan(
    select={PLACE: 1},
    start={("alder", "mill", 2027): 1},
    produce={("alder", "mill", 2027): 8},
    produce_existing={("alder", "cloth", 2027): 3},
    local_input={("alder", "grain", 2027): 10},
    bought_input={("alder", "grain", 2027): 2, ("alder", "thread", 2027): 0.6},
    made_input={("alder", "thread", 2027): 1},
)
REVENUE = 42.2


def with_base(instance: Instance, *revenues: float) -> Instance:
    """Alder has this base revenue in each year, and need not pay anything."""
    years = zip(instance.years, revenues, strict=True)
    return with_entries(instance, "purses", {("alder", year): Purse(base, 0, 0, 0) for year, base in years})


def test_golden() -> None:
    assert rendered("local_revenue", EXAMPLE) == stored("local_revenue")


def test_obeys() -> None:
    assert judge("local_revenue", EXAMPLE, PLAN, revenue={PLACE: REVENUE}) == ([], [])


def test_obeys_with_nothing_left() -> None:
    assert judge("local_revenue", with_base(EXAMPLE, 57.8), PLAN) == ([], [])


@pytest.mark.parametrize(
    "revenue",
    [
        100,  # as if plants did not count
        82.7,  # as if the old plant made what it usually makes
        41.8,  # as if the quota paid no more than the market does after stipends
        57.2,  # as if cloth were free to use
    ],
)
def test_breaks_by_another_revenue(revenue: float) -> None:
    # No plan says what revenue is, so there is nothing for the clause to judge.
    broken = judge("local_revenue", EXAMPLE, PLAN, revenue={PLACE: revenue})
    assert broken == (["local_revenue.alder.2027"], [])


def test_breaks_by_losing_more_than_there_is() -> None:
    assert judge("local_revenue", with_base(EXAMPLE, 57.7), PLAN) == (["local_revenue.alder.2027"], [PLACE])


def test_plants_do_not_count_where_the_county_has_no_share() -> None:
    none = with_policy(EXAMPLE, plant_income_share=0)
    assert judge("local_revenue", none, PLAN, revenue={PLACE: 100}) == ([], [])


def test_price_of_what_plants_no_longer_make_may_be_below_its_cost() -> None:
    # At 32 a tonne every tonne less than 6 is worth 2: -34.6 of the mill and 3 x 2, or 6 x 2, of the old plant.
    cheap = altered(EXAMPLE, "existing", ("alder", "cloth"), variable_cost=32)
    assert judge("local_revenue", cheap, PLAN, revenue={PLACE: 85.7}) == ([], [])
    less = changed(PLAN, produce_existing={("alder", "cloth", 2027): None})
    assert judge("local_revenue", cheap, less, revenue={PLACE: 88.7}) == ([], [])


# Nobody but the county pays: a mill of 5 t/yr for 30, and another next year, each of which runs a year later.
SMALL_MILLS = with_option(with_design(tiny_instance(years=3), "mill", lead_years=1), "alder", "mill", capacity=5)
ALONE = with_policy(
    with_entries(
        with_good(with_option(SMALL_MILLS, "alder", "mill", max_plants=2), "food", market_price=4),
        "central_funds",
        dict.fromkeys(SMALL_MILLS.years, 0),
    ),
    build_window=1,
)


@pytest.mark.parametrize(("share", "cost"), [(0, 230), (0.99, 230), (1, 210)])
def test_effect(share: float, cost: float) -> None:
    # It has 30 in 2027 for the first mill, which makes 5 t in 2028 for 20. With these and its 10 it has 30 again:
    # imports of 10 and 5 t, and two mills, 100 + 50 + 60. Else 5 t are imported in 2029 too, 100 + 50 + 50 + 30.
    own = with_policy(with_base(ALONE, 30, 10, 0), plant_income_share=share)
    assert optimum(own) == pytest.approx(cost)
    # Without the rule revenue is what it should be: both mills in 2027, 100 + 60.
    assert optimum(own, without="local_revenue") == pytest.approx(160)


def test_effect_of_losses() -> None:
    # Every tonne is made at a loss of 4, which is all the county's. With 30 it can make 7.5 t: 30 + 30, and imports
    # for 25.
    losing = with_policy(with_option(tiny_instance(), "alder", "mill", variable_cost=4), plant_income_share=1)
    own = with_base(with_county(losing, "alder", local_funds=0), 30)
    assert optimum(own) == pytest.approx(85)
    assert optimum(own, without="local_revenue") == pytest.approx(70)
