"""`remit_first`: the centre comes first, essential expenditure next, and plants are paid from what is left."""

from collections.abc import Mapping

import pytest

from models.instance import Instance
from models.plan import Plan
from models.records import Purse
from tests.models.evaluation import judge, optimum, rows_of
from tests.models.golden_files import rendered, stored
from tests.models.small_instance import changed, with_county, with_entries, with_good, with_policy
from tests.models.tiny_instance import a_plan, tiny_instance

# A plant of 10 t earns 40, all of it its county's. Alder can pay its 30 whatever it builds, birch only with its plant,
# and cedar's 70 are more than it can ever have.
PURSES = {
    "alder": Purse(base_revenue=100, essential=60, quota=30, rate=0),
    "birch": Purse(base_revenue=20, essential=40, quota=30, rate=0),
    "cedar": Purse(base_revenue=20, essential=40, quota=70, rate=0),
}
EXAMPLE = with_policy(
    with_entries(
        with_good(tiny_instance(PURSES), "food", market_price=4),
        "purses",
        {(county, 2027): purse for county, purse in PURSES.items()},
    ),
    plant_income_share=1,
)
# Alder: 100 - 30 + 10 = 60 + 15 + 5. Birch and cedar: 20 - 20 + 40 = 40; they are 10 and 50 short.
PLAN = a_plan(
    remittance={("alder", 2027): 30, ("birch", 2027): 20, ("cedar", 2027): 20},
    remittance_shortfall={("birch", 2027): 10, ("cedar", 2027): 50},
    draw={("alder", 2027): 10},
    subsidy={("birch", 2027): 40, ("cedar", 2027): 40},
    local_funds={("alder", 2027): 15},
    surplus={("alder", 2027): 5},
)
REVENUE = {("alder", 2027): 100, ("birch", 2027): 20, ("cedar", 2027): 20}
SHORT = {("birch", 2027): 1}


def broken(plan: Plan, short: Mapping[tuple[str, int], float] = SHORT) -> tuple[list[str], list[str]]:
    """Parts of the names of broken rows after that of the rule, and counties at which the clause finds it broken."""
    rows, clause = judge("remit_first", EXAMPLE, plan, revenue=REVENUE, short=short)
    return [row.removeprefix("remit_first.") for row in rows], [str(index[0]) for index in clause]


def alone(base: float, essential: float, quota: float = 0, rate: float = 0) -> Instance:
    """One county and year; nobody but the county pays for plants."""
    return with_entries(
        tiny_instance(central_funds={2027: 0}), "purses", {("alder", 2027): Purse(base, essential, quota, rate)}
    )


def test_golden() -> None:
    assert rendered("remit_first", EXAMPLE) == stored("remit_first")


def test_short_is_asked_only_where_the_data_leave_it_open() -> None:
    assert [row for row in rows_of("remit_first", EXAMPLE) if row.endswith((".shortfall", ".all"))] == [
        "remit_first.birch.2027.shortfall",
        "remit_first.birch.2027.all",
        "remit_first.cedar.2027.all",
    ]


def test_obeys() -> None:
    assert broken(PLAN) == ([], [])


def test_obeys_in_full_where_it_can() -> None:
    # Birch's plant runs: 60 - 30 + 10 = 40.
    paying = changed(
        PLAN,
        select={("birch", 2027): 1},
        start={("birch", "mill", 2027): 1},
        produce={("birch", "mill", 2027): 10},
        remittance={("birch", 2027): 30},
        remittance_shortfall={("birch", 2027): None},
        subsidy={("birch", 2027): 10},
    )
    assert judge("remit_first", EXAMPLE, paying, revenue={**REVENUE, ("birch", 2027): 60}) == ([], [])


def test_breaks_by_remitting_more_than_revenue() -> None:
    # Cedar pays 5 of its remittance out of a subsidy.
    more = changed(PLAN, remittance={("cedar", 2027): 25}, subsidy={("cedar", 2027): 45})
    assert broken(more) == (["cedar.2027.revenue", "cedar.2027.subsidy"], ["cedar", "cedar"])


def test_breaks_by_keeping_some_and_falling_short() -> None:
    kept = changed(
        PLAN,
        remittance={("birch", 2027): 15, ("cedar", 2027): 15},
        subsidy={("birch", 2027): 35, ("cedar", 2027): 35},
        remittance_shortfall={("birch", 2027): 10, ("cedar", 2027): 55},
    )
    # Birch need not remit all unless it falls short; then it must not.
    assert broken(kept) == (["birch.2027.all", "cedar.2027.all"], ["birch", "cedar"])
    assert broken(kept, short={}) == (["birch.2027.shortfall", "cedar.2027.all"], ["birch", "cedar"])


@pytest.mark.parametrize("family", ["local_funds", "surplus", "draw", "subsidy"])
def test_breaks_by_money_from_nowhere_or_lost(family: str) -> None:
    for amount in (-1, 1):
        value = getattr(PLAN, family).get(("alder", 2027), 0) + amount
        if value >= 0:
            assert broken(changed(PLAN, **{family: {("alder", 2027): value}})) == (["alder.2027"], ["alder"])


def test_breaks_by_a_subsidy_of_more_than_is_essential() -> None:
    more = changed(PLAN, subsidy={("birch", 2027): 41}, surplus={("birch", 2027): 1})
    assert broken(more) == (["birch.2027.subsidy"], ["birch"])


@pytest.mark.parametrize(("base", "cost"), [(60, 30), (59, 100)])
def test_effect_on_local_funds(base: float, cost: float) -> None:
    # 10 go to the centre and 20 are essential: what is left of 60 pays the mill, what is left of 59 does not, and 10 t
    # are imported. Without the rule a county spends what it has not.
    assert optimum(alone(base, essential=20, quota=10)) == pytest.approx(cost)
    assert optimum(alone(base, essential=20, quota=10), without="remit_first") == pytest.approx(30)


@pytest.mark.parametrize(("funds", "cost"), [(40, 32), (39, 102)])
def test_effect_on_the_centre(funds: float, cost: float) -> None:
    # The county has 10 for essential 20 and nothing for a mill. The centre gives 10, at a penalty of 0.2, and then
    # has 30 for the mill or not; without the rule it gives nothing.
    poor = with_county(alone(10, essential=20), "alder", local_funds=0)
    own = with_policy(with_entries(poor, "central_funds", {2027: funds}), subsidy_penalty=0.2)
    assert optimum(own) == pytest.approx(cost)
    assert optimum(own, without="remit_first") == pytest.approx(30)


def test_effect_of_a_fund() -> None:
    # The same, but the county has 10 in its fund and needs no subsidy.
    poor = with_county(alone(10, essential=20), "alder", local_funds=0, priority_fund=10)
    own = with_policy(with_entries(poor, "central_funds", {2027: 30}), subsidy_penalty=0.2)
    assert optimum(own) == pytest.approx(30)


@pytest.mark.parametrize(("price", "cost"), [(4, 30), (3.9, 105)])
def test_effect_on_falling_short(price: float, cost: float) -> None:
    # With a base of 20 and all of what its mill sells, the county has 60, or 59, of which it owes 30. 30 are left for
    # the mill, or 29, and it does not help to fall short of 1: it then remits its 20, imports for 100, and falls
    # short of 10 at a penalty of a half.
    own = with_policy(
        with_good(alone(20, essential=0, quota=30), "food", market_price=price),
        plant_income_share=1,
        shortfall_penalty=0.5,
    )
    assert own.may_pay_in_full == (("alder", 2027),)
    assert optimum(own) == pytest.approx(cost)
    assert optimum(own, without="remit_first") == pytest.approx(30)


def test_effect_of_a_quota_above_all_revenue() -> None:
    # It owes 50 and has 40: nothing is left, 10 are short, at a penalty of 0.5.
    own = with_policy(alone(40, essential=0, quota=50), shortfall_penalty=0.5)
    assert own.may_pay_in_full == ()
    assert optimum(own) == pytest.approx(105)
    assert optimum(own, without="remit_first") == pytest.approx(30)
