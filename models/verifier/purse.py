"""The verifier's clauses on what counties take in, owe the centre, spend and keep."""

from collections.abc import Iterator

from models.verifier.comparison import Violation, figure
from models.verifier.facts import Facts

OF_A_BUDGET = ("remittance", "remittance_shortfall", "subsidy", "surplus", "draw", "priority_fund")
"""What a plan says of counties whose budgets are planned, and of no others."""


def local_revenue(facts: Facts) -> Iterator[Violation]:
    """A county's share in its plants' losses never takes more than its base revenue.

    How much revenue is says no plan; it follows, and `remittance_due` and `remit_first` judge by it.
    """
    for index in facts.instance.purses:
        revenue, size = facts.revenue(*index), facts.revenue_size(*index)
        yield from facts.at_least("local_revenue", index, "revenue", revenue, 0, facts.instance.currency, size)


def remittance_due(facts: Facts) -> Iterator[Violation]:
    """What a county remits and what it fails to remit make up what it owes: its quota, or its rate of its revenue if
    that is more. By setting it may remit more, but not fail to remit more than it owes."""
    rule, unit = "remittance_due", facts.instance.currency
    for index, purse in facts.instance.purses.items():
        due = max(purse.quota, purse.rate * facts.revenue(*index))
        size = facts.revenue_size(*index)
        paid, shortfall = facts.plan.remittance.get(index, 0.0), facts.plan.remittance_shortfall.get(index, 0.0)
        what, counted = "remittance, paid and not paid,", paid + shortfall
        if facts.instance.policy.extra_remittance:
            yield from facts.at_least(rule, index, what, counted, due, unit, size)
            most = max(0.0, due - paid)
            yield from facts.at_most(rule, index, "remittance not paid", shortfall, most, unit, max(size, paid))
        else:
            yield from facts.equal(rule, index, what, counted, due, unit, size)


def remit_first(facts: Facts) -> Iterator[Violation]:
    """A county pays the centre out of its revenue first, and falls short only when that takes all of it.

    The rest, with subsidy and what it draws from its fund, pays essential expenditure and local funds; what is then
    left is surplus. Subsidy is for essential expenditure. A county whose budget is not planned has none of all this.
    """
    rule, unit, plan = "remit_first", facts.instance.currency, facts.plan
    for name in OF_A_BUDGET:
        for index, money in getattr(plan, name).items():
            if index not in facts.instance.purses and abs(money) > facts.tolerance:
                message = f"{name} is {figure(money, unit)} where no budget is planned"
                yield Violation(rule, (name, *index), message, abs(money))
    for index, purse in facts.instance.purses.items():
        revenue, remitted = facts.revenue(*index), plan.remittance.get(index, 0.0)
        subsidy, draw = plan.subsidy.get(index, 0.0), plan.draw.get(index, 0.0)
        local, surplus = plan.local_funds.get(index, 0.0), plan.surplus.get(index, 0.0)
        size = max(facts.revenue_size(*index), remitted, subsidy, draw, local, surplus)
        yield from facts.at_most(rule, index, "remittance out of revenue", remitted, revenue, unit, size)
        shortfall, left = plan.remittance_shortfall.get(index, 0.0), revenue - remitted
        allowance = facts.allowance(size, shortfall)
        if shortfall > allowance and left > allowance:
            message = f"{figure(shortfall, unit)} are not remitted while {figure(left, unit)} of revenue are left"
            yield Violation(rule, index, message, min(shortfall, left))
        has, what = left + subsidy + draw, "revenue left, subsidy and draw"
        yield from facts.equal(rule, index, what, has, purse.essential + local + surplus, unit, size)
        yield from facts.at_most(rule, index, "subsidy of essential expenditure", subsidy, purse.essential, unit)


def priority_fund_balance(facts: Facts) -> Iterator[Violation]:
    """A county's fund holds what it held, less what is drawn, and a share of the surplus; no more can be drawn."""
    rule, unit, plan = "priority_fund_balance", facts.instance.currency, facts.plan
    for county, place in facts.instance.counties.items():
        before = place.priority_fund
        for year in facts.instance.years:
            index = (county, year)
            if index not in facts.instance.purses:
                continue
            draw, surplus = plan.draw.get(index, 0.0), plan.surplus.get(index, 0.0)
            fund, due = plan.priority_fund.get(index, 0.0), before - draw + facts.instance.policy.fund_share * surplus
            size = max(before, draw, surplus)
            yield from facts.equal(rule, index, "the priority fund", fund, due, unit, size)
            yield from facts.at_most(rule, index, "the draw on the priority fund", draw, before, unit, size)
            before = fund


def national_remittance(facts: Facts) -> Iterator[Violation]:
    """All counties together remit at least the year's target."""
    remitted = facts.by_year(facts.plan.remittance)
    for year, least in facts.instance.national_remittance.items():
        what, unit = "remittance of all counties", facts.instance.currency
        yield from facts.at_least("national_remittance", (year,), what, remitted[year], least, unit)
