"""`budgets`: what a county remits, receives and keeps when it invests nothing, in plain arithmetic."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from models.budgets import Budget, budgets_at, revenue_without_plants
from models.instance import Instance
from models.records import NO_LIMIT, ExistingPlant, Purse
from tests.models.budgeted_instance import budgeted_instance
from tests.models.evaluation import optimal_plan
from tests.models.small_instance import altered, with_county, with_entries, with_good, with_policy
from tests.models.tiny_instance import tiny_instance


def budgeted(*purses: Purse, fund: float = 0, **policy: object) -> Instance:
    """Alder with these purses from 2027 on, beside birch without any."""
    found = tiny_instance(["alder", "birch"], years=len(purses))
    found = with_entries(
        found, "purses", {("alder", year): purse for year, purse in zip(found.years, purses, strict=True)}
    )
    return with_policy(with_county(found, "alder", priority_fund=fund), **policy)


def at(instance: Instance, *revenues: float) -> list[Budget]:
    """Alder's budgets at these revenues."""
    found = budgets_at(instance, {("alder", year): money for year, money in zip(instance.years, revenues, strict=True)})
    assert list(found) == [("alder", year) for year in instance.years]
    return list(found.values())


@pytest.mark.parametrize(
    ("revenue", "budget"),
    [
        # It owes 20, or a quarter of its revenue, and needs 50.
        (100, Budget(remittance=25, subsidy=0, surplus=25, fund_before=0)),
        (80, Budget(remittance=20, subsidy=0, surplus=10, fund_before=0)),
        (70, Budget(remittance=20, subsidy=0, surplus=0, fund_before=0)),
        (60, Budget(remittance=20, subsidy=10, surplus=0, fund_before=0)),
        (15, Budget(remittance=15, subsidy=50, surplus=0, fund_before=0)),
        (0, Budget(remittance=0, subsidy=50, surplus=0, fund_before=0)),
    ],
)
def test_year_by_itself(revenue: float, budget: Budget) -> None:
    assert at(budgeted(Purse(0, essential=50, quota=20, rate=0.25)), revenue) == [budget]


def test_fund_from_year_to_year() -> None:
    # It needs 50 and keeps half of what is left: 6 + 15, 21 - 20, 1 - 1 and then a subsidy of 9.
    purse = Purse(0, essential=50, quota=0, rate=0)
    assert at(budgeted(purse, purse, purse, purse, fund=6, fund_share=0.5), 80, 30, 40, 50) == [
        Budget(remittance=0, subsidy=0, surplus=30, fund_before=6),
        Budget(remittance=0, subsidy=0, surplus=0, fund_before=21),
        Budget(remittance=0, subsidy=9, surplus=0, fund_before=1),
        Budget(remittance=0, subsidy=0, surplus=0, fund_before=0),
    ]


def test_a_plan_without_plants_has_these_budgets() -> None:
    # Nobody joins, and the old plant makes what it usually does: revenue is the base. A subsidy costs something, so
    # that it is no more than must be.
    years = budgeted_instance().years
    bare = replace(
        budgeted_instance(),
        decided={},
        picks=dict.fromkeys(years, 0),
        provinces={code: replace(place, least_picks=0) for code, place in budgeted_instance().provinces.items()},
        import_currency=dict.fromkeys(years, NO_LIMIT),
    )
    idle = with_policy(bare, join_all=False, picks_exact=False, existing_held=True)
    _, plan = optimal_plan(idle)
    assert plan is not None
    assert plan.select == {}
    for index, budget in budgets_at(idle, {index: purse.base_revenue for index, purse in idle.purses.items()}).items():
        assert plan.remittance.get(index, 0.0) == pytest.approx(budget.remittance)
        assert plan.subsidy.get(index, 0.0) == pytest.approx(budget.subsidy)


class TestRevenueWithoutPlants:
    # Old plants make 6 of 10 t, and half of that is lost by joining: 3 t at a price of 9, which cost 4 each.
    OLD = ExistingPlant(capacity=6, variable_cost=4, crowded_out=0.5)
    PURSE = Purse(base_revenue=20, essential=0, quota=0, rate=0)
    CASE = with_good(
        with_policy(with_entries(budgeted(PURSE, PURSE), "existing", {("alder", "food"): OLD}), plant_income_share=0.8),
        "food",
        market_price=9,
    )
    JOINED: Mapping[tuple[str, int], float] = {("alder", 2027): 0.0, ("alder", 2028): 1.0}

    def test_is_the_base_less_what_joining_crowds_out(self) -> None:
        # A share of 0.8 in 15.
        assert revenue_without_plants(self.CASE, self.JOINED) == pytest.approx(
            {("alder", 2027): 20, ("alder", 2028): 8}
        )

    def test_is_the_base_where_the_county_has_no_share(self) -> None:
        found = revenue_without_plants(with_policy(self.CASE, plant_income_share=0), self.JOINED)
        assert found == {("alder", 2027): 20, ("alder", 2028): 20}

    def test_is_no_less_than_nothing(self) -> None:
        poor = with_entries(self.CASE, "purses", {("alder", 2028): Purse(11, 0, 0, 0)})
        assert revenue_without_plants(poor, self.JOINED)["alder", 2028] == 0

    def test_only_what_the_people_want_counts(self) -> None:
        # Of 6 t nobody wants more than 4: 2 of them are lost.
        less = with_entries(self.CASE, "demand", {("alder", "food", 2028): 4})
        assert revenue_without_plants(less, self.JOINED)["alder", 2028] == pytest.approx(20 - 0.8 * 10)

    def test_a_loss_that_ends_is_a_gain(self) -> None:
        losing = altered(self.CASE, "existing", ("alder", "food"), variable_cost=14)
        assert revenue_without_plants(losing, self.JOINED)["alder", 2028] == pytest.approx(20 + 0.8 * 15)
