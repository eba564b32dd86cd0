"""Counties' budgets at given revenues: plain arithmetic, year after year."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.instance import Instance

CountyYear = Mapping[tuple[str, int], float]


@dataclass(frozen=True, slots=True)
class Budget:
    """A county's budget in a year in which it invests nothing (money): what it remits and receives as subsidy,
    what is left over in the year, and what its priority fund holds before it."""

    remittance: float
    subsidy: float
    surplus: float
    fund_before: float


def budgets_at(instance: Instance, revenue: CountyYear) -> Mapping[tuple[str, int], Budget]:
    """Every budget that is planned, by (county, year), as `remittance_due`, `remit_first` and `priority_fund_balance`
    leave it where nothing is invested: what is missing comes from the fund first, then from the centre."""
    found: dict[tuple[str, int], Budget] = {}
    for county in instance.counties.values():
        fund = county.priority_fund
        for year in instance.years:
            index = (county.code, year)
            purse = instance.purses.get(index)
            if purse is None:
                continue
            remitted = min(revenue[index], max(purse.quota, purse.rate * revenue[index]))
            left = revenue[index] - remitted - purse.essential
            drawn = min(fund, max(0.0, -left))
            surplus = max(0.0, left)
            found[index] = Budget(remitted, max(0.0, -left - drawn), surplus, fund)
            fund += instance.policy.fund_share * surplus - drawn
    return found


def revenue_without_plants(instance: Instance, joined: CountyYear) -> CountyYear:
    """Revenue of every county whose budget is planned when no new plant earns anything, but joining has crowded out
    existing ones, by (county, year), money."""
    share = instance.policy.plant_income_share
    found: dict[tuple[str, int], float] = {}
    for (county, year), purse in instance.purses.items():
        lost = sum(
            (instance.goods[good].market_price - plant.variable_cost)
            * instance.existing_usual[county, good, year]
            * plant.crowded_out
            for good in instance.goods
            if (plant := instance.existing.get((county, good))) is not None
        )
        found[county, year] = max(0.0, purse.base_revenue - share * lost * joined[county, year])
    return found
