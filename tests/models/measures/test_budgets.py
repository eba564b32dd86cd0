"""Quotas, incomes, counties' budgets and who gains. The incomes are worked out beside the plan."""

from dataclasses import replace

import pytest

from models.measures.income import Income, gains, plant_income
from models.measures.purses import budgets, remittances
from models.measures.quota import Delivery, deliveries, least_incentive
from tests.models.measures.programme import programme, programme_plan

INSTANCE, PLAN = programme(), programme_plan()


def test_deliveries() -> None:
    weave = deliveries(INSTANCE, PLAN)["alder", "weave", 2031]
    # Half of the usable 60 is quota, at 2; the other 40 of 70 sell at 4, of which a fifth goes to ten workers.
    assert (weave.quota, weave.excess) == (30, 40)
    assert (weave.state_revenue, weave.market_revenue, weave.stipends) == (60, 160, 32)
    assert (weave.workers, weave.market_product) == (10, 10)
    assert (weave.stipend_per_worker, weave.market_product_per_worker, weave.incentive) == (3.2, 1, 3.2)
    tailor = deliveries(INSTANCE, PLAN)["birch", "tailor", 2031]
    assert (tailor.quota, tailor.excess, tailor.stipends, tailor.incentive) == (0, 20, 40, 4)
    both = weave + tailor
    assert (both.workers, both.stipends, both.incentive) == (15, 72, 3.6)
    # The tailor's plant is built in 2030 and runs from 2031.
    assert ("birch", "tailor", 2030) not in deliveries(INSTANCE, PLAN)


def test_least_incentive() -> None:
    found = {county: delivery for (county, _, year), delivery in deliveries(INSTANCE, PLAN).items() if year == 2031}
    assert least_incentive(found) == "alder"
    assert least_incentive({"alder": Delivery(stipends=3)}) is None


def test_plant_income() -> None:
    found = plant_income(INSTANCE, PLAN)
    assert found["alder", 2030] == Income(sales=130, costs=30, materials=60, existing_lost=0)
    assert found["alder", 2031] == Income(sales=188, costs=40, materials=100, existing_lost=0)
    assert found["birch", 2031] == Income(sales=160, costs=30, materials=40, existing_lost=0)
    assert found["cedar", 2031] == Income(existing_lost=90)
    assert (found["alder", 2031].net, found["cedar", 2031].net, found["cedar", 2031].plants) == (48, -90, 0)


def test_budgets() -> None:
    found = {(budget.county, budget.year): budget for budget in budgets(INSTANCE, PLAN)}
    alder = found["alder", 2031]
    assert (alder.net_income, alder.income_share, alder.revenue) == (48, 24, 124)
    assert (alder.rate_due, alder.due, alder.decided_by, alder.unable) == (pytest.approx(24.8), 30, "quota", False)
    assert (alder.draw, alder.surplus, alder.fund) == (4, 38, 30)
    birch = found["birch", 2030]
    assert (birch.revenue, birch.due, birch.paid, birch.shortfall, birch.unable) == (40, 50, 40, 10, True)
    assert (birch.subsidy, birch.subsidised) == (50, True)
    assert (found["cedar", 2030].decided_by, found["cedar", 2030].due) == ("rate", 50)
    assert (found["cedar", 2031].decided_by, found["cedar", 2031].revenue) == ("quota", 155)


@pytest.mark.parametrize("budget", budgets(INSTANCE, PLAN))
def test_budgets_balance(budget) -> None:  # type: ignore[no-untyped-def]
    income = budget.revenue - budget.paid + budget.subsidy + budget.draw
    assert income == pytest.approx(budget.essential + budget.local_funds + budget.surplus)
    assert budget.paid + budget.shortfall == pytest.approx(budget.due)


def test_remittances() -> None:
    first, second = remittances(INSTANCE, PLAN)
    assert (first.counties, first.due, first.paid, first.shortfall, first.unable) == (3, 130, 120, 10, 1)
    assert (first.subsidies, first.subsidised, first.net, first.recycled) == (50, 1, 70, 60)
    assert (first.revenue, first.surplus, first.funds, first.target) == (360, 70, 40, None)
    assert (second.due, second.paid, second.unable, second.subsidies, second.target) == (120, 120, 0, 15, 110)


def test_without_budgets() -> None:
    instance = replace(INSTANCE, purses={}, national_remittance={})
    assert budgets(instance, PLAN) == ()
    assert [(row.counties, row.due, row.unable) for row in remittances(instance, PLAN)] == [(0, 0, 0), (0, 0, 0)]


def test_nothing_due_is_decided_by_nothing() -> None:
    purses = {index: replace(purse, quota=0, rate=0) for index, purse in INSTANCE.purses.items()}
    assert {budget.decided_by for budget in budgets(replace(INSTANCE, purses=purses), PLAN)} == {""}


def test_gains() -> None:
    alder, birch, cedar = gains(INSTANCE, PLAN)
    # The mill runs two years and earns 40 + 48; of its cloth, 30 and 50 t go to others, at 4 a tonne.
    assert (alder.plants, alder.net_income, alder.kept) == (2, 88, 44)
    assert (alder.sent, alder.sent_value, alder.received) == (80, 320, 0)
    # Birch has 20 and 30 t of cloth from alder.
    assert (birch.plants, birch.kept, birch.received, birch.received_value) == (1, 45, 50, 200)
    # Cedar hosts nothing that runs, and has 10 and 20 t of cloth, and 10 of suits at 10.
    assert (cedar.plants, cedar.kept, cedar.received, cedar.received_value) == (0, 0, 40, 220)
