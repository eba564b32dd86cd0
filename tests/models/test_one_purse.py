"""One county's budget over three years, worked out by hand, is that of the plan that is found.

Alder joins in 2027 and starts a mill, which runs from 2028 on. It makes 10 t/yr for the people of alder:

    5 for the state at 4, 5 for the market at 8, of which workers get a quarter     20 + 30
    1 a tonne, 3 a year, 4 t of its own grain for 1 and 6 t bought for 2            10 + 3 + 4 + 12
    net income                                                                      50 - 29 = 21

Once alder has joined, its old plant makes 3 t/yr of cloth instead of 6, at a margin of 10 - 4 each: 18 less a year.
Half of both is alder's, 10.5 and 9.

                                2027                2028                    2029
    base revenue                100                 75                      30
    plants                      -9                  10.5 - 9                10.5 - 9
    revenue                     91                  76.5                    31.5
    owed: 20 or a quarter       22.75               20 (not 19.125)         20
    remitted                    22.75               20                      20
    left                        68.25               56.5                    11.5
    essential                   50                  50                      50
    local funds                 15                  0                       0
    surplus                     3.25                6.5                     0
    kept in the fund, 0.4       1.3                 2.6                     0
    drawn                       0                   0                       8.9, all there is
    fund (5 before)             6.3                 8.9                     0
    subsidy                     0                   0                       50 - 11.5 - 8.9 = 29.6

The mill is 60: the centre pays at most three quarters and has 45, alder can pay no more than 15. In 2028 the
centre has nothing and needs nothing; in 2029 it has 20 and half of the 20 remitted the year before, enough for the
subsidy.
"""

from dataclasses import replace

import pytest

from models.instance import Instance
from models.plan import Plan, Status
from models.records import ExistingPlant, Purse
from models.verifier import verify
from optimizer.options import SolveOptions
from optimizer.solve import solve
from tests.models.small_instance import with_county, with_design, with_entries, with_good, with_option, with_policy
from tests.models.tiny_instance import tiny_instance

YEARS = (2027, 2028, 2029)
BASE = (100, 75, 30)


def county(*base: float, funds: float = 20) -> Instance:
    """The county with these base revenues, and with these central funds in 2029."""
    found = tiny_instance(
        years=3,
        goods=["food", "cloth"],
        existing={("alder", "cloth"): ExistingPlant(6, variable_cost=4, crowded_out=0.5)},
    )
    found = replace(found, options={("alder", "mill"): found.options["alder", "mill"]})
    found = with_design(found, "mill", lead_years=1, quota=0.5, inputs={"grain": 1})
    found = with_option(found, "alder", "mill", investment=60, variable_cost=1, fixed_cost=3)
    found = with_good(found, "food", state_price=4, market_price=8)
    found = with_good(found, "cloth", state_price=10, market_price=10)
    found = with_entries(found, "input_supply", {("alder", "grain"): 4})
    found = with_entries(found, "central_funds", {2027: 45, 2028: 0, 2029: funds})
    found = with_county(found, "alder", local_funds=15, priority_fund=5)
    purses = {
        ("alder", year): Purse(revenue, essential=50, quota=20, rate=0.25)
        for year, revenue in zip(YEARS, base, strict=True)
    }
    return with_policy(
        with_entries(found, "purses", purses),
        most_central_share=0.75,
        plant_income_share=0.5,
        stipend_share=0.25,
        recycled_share=0.5,
        fund_share=0.4,
        subsidy_penalty=0.1,
        shortfall_penalty=1,
    )


def best(instance: Instance) -> tuple[float, Plan]:
    """The least cost, and the plan that attains it."""
    result = solve(instance, SolveOptions(gap=0.0, time_limit=60.0, threads=1, seed=0, solver="HiGHS"))
    assert result.status is Status.SOLVED
    assert result.plan is not None
    assert result.objective is not None
    assert verify(instance, result.plan) == ()
    return result.objective, result.plan


def of_alder(**amounts: float) -> dict[tuple[str, int], object]:
    """What is said of alder by year: `of_alder(y2027=3)`."""
    return {("alder", int(year.removeprefix("y"))): pytest.approx(amount) for year, amount in amounts.items()}


def test_three_years() -> None:
    cost, plan = best(county(*BASE))
    assert plan.start == {("alder", "mill", 2027): 1}
    assert plan.produce == {("alder", "mill", year): pytest.approx(10) for year in (2028, 2029)}
    assert plan.remittance == of_alder(y2027=22.75, y2028=20, y2029=20)
    assert plan.remittance_shortfall == {}
    assert plan.local_funds == of_alder(y2027=15)
    assert plan.central_funds == of_alder(y2027=45)
    assert plan.surplus == of_alder(y2027=3.25, y2028=6.5)
    assert plan.draw == of_alder(y2029=8.9)
    assert plan.priority_fund == of_alder(y2027=6.3, y2028=8.9)
    assert plan.subsidy == of_alder(y2029=29.6)
    # Imports of 10 t of food in 2027 and 7 t of cloth a year, 100 + 210; the old plant's 3 t at 4, 36 in all; the mill
    # 60 and 29 a year, 118 in all; a tenth of the subsidy.
    assert cost == pytest.approx(100 + 210 + 36 + 118 + 2.96)


def test_year_in_which_all_is_remitted() -> None:
    # With a base of 15 in 2029 alder has 16.5 and owes 20: it remits all and is 3.5 short. Essential expenditure comes
    # from the fund and a subsidy of 50 - 8.9.
    cost, plan = best(county(100, 75, 15, funds=31.1))
    assert plan.remittance == of_alder(y2027=22.75, y2028=20, y2029=16.5)
    assert plan.remittance_shortfall == of_alder(y2029=3.5)
    assert plan.draw == of_alder(y2029=8.9)
    assert plan.subsidy == of_alder(y2029=41.1)
    assert cost == pytest.approx(100 + 210 + 36 + 118 + 4.11 + 3.5)


def test_mill_that_leaves_the_centre_too_little() -> None:
    # With the mill a subsidy of 29.6 is needed in 2029, and the centre would have 15 + 10. If it gave alder all of
    # its 11.375 in 2028, alder would keep 0.4 of it, 4.55: still too little. Without the mill alder's fund holds
    # 5 + 0.4 x (100 - 25 - 50) and 0.4 x (75 - 20 - 50) more, 17 in all, and 50 - 10 - 17 are missing: 23.
    cost, plan = best(county(*BASE, funds=15))
    assert plan.start == {}
    assert plan.remittance == of_alder(y2027=25, y2028=20, y2029=20)
    assert plan.priority_fund == of_alder(y2027=15, y2028=17)
    assert plan.subsidy == of_alder(y2029=23)
    # Food for 300, 4 t of cloth a year for 120, and 6 t at 4 for 72.
    assert cost == pytest.approx(300 + 120 + 72 + 2.3)
