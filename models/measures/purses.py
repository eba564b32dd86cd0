"""Counties' budgets: what they take in, owe the centre, pay, need back and keep."""

from dataclasses import dataclass
from typing import Literal

from models.instance import Instance
from models.measures.income import plant_income
from models.measures.shares import NEGLIGIBLE
from models.plan import Plan


@dataclass(frozen=True, slots=True)
class Budget:
    """A county's budget in a year; money, undiscounted.

    `net_income` is what plants there earn less what existing ones no longer do, `income_share` the county's part of it,
    which adds to `base_revenue`. It owes the greater of `quota` and `rate_due`; `fund` is the balance of its
    priority fund at the end of the year.
    """

    county: str
    year: int
    base_revenue: float
    net_income: float
    income_share: float
    quota: float
    rate_due: float
    paid: float
    shortfall: float
    subsidy: float
    essential: float
    local_funds: float
    draw: float
    surplus: float
    fund: float

    @property
    def revenue(self) -> float:
        """What the county takes in: base_revenue + income_share."""
        return self.base_revenue + self.income_share

    @property
    def due(self) -> float:
        """What it owes the centre: max(quota, rate * revenue)."""
        return max(self.quota, self.rate_due)

    @property
    def decided_by(self) -> Literal["quota", "rate", ""]:
        """Which of the two is the more; the quota where they are the same, blank where nothing is due."""
        if self.due <= NEGLIGIBLE:
            return ""
        return "quota" if self.quota >= self.rate_due else "rate"

    @property
    def unable(self) -> bool:
        """Whether it cannot pay all it owes."""
        return self.shortfall > NEGLIGIBLE * max(1.0, self.due)

    @property
    def subsidised(self) -> bool:
        """Whether it needs a subsidy for its essential expenditure."""
        return self.subsidy > NEGLIGIBLE * max(1.0, self.essential)


@dataclass(frozen=True, slots=True)
class Remittances:
    """All planned county budgets of a year together; money, undiscounted.

    `target` is the least that all should remit (None: none is set). `unable` counts counties that cannot pay in
    full. `recycled` is what the centre may spend of it in the next year.
    """

    year: int
    counties: int
    revenue: float
    due: float
    paid: float
    target: float | None
    shortfall: float
    unable: int
    subsidies: float
    subsidised: int
    surplus: float
    funds: float
    recycled: float

    @property
    def net(self) -> float:
        """What the centre has of the counties in the end: paid - subsidies."""
        return self.paid - self.subsidies


def budgets(instance: Instance, plan: Plan) -> tuple[Budget, ...]:
    """The budget of each county whose budget is planned, by year, in the order of `Instance.purses`.

    Formula: income_share = plant_income_share * net_income (see `models.measures.income.plant_income`);
        rate_due = rate[c,t] * (base_revenue[c,t] + income_share); the rest is the plan's own.
    """
    income = plant_income(instance, plan) if instance.purses else {}
    found = []
    for place, purse in instance.purses.items():
        earned = instance.policy.plant_income_share * income[place].net
        found.append(
            Budget(
                county=place[0],
                year=place[1],
                base_revenue=purse.base_revenue,
                net_income=income[place].net,
                income_share=earned,
                quota=purse.quota,
                rate_due=purse.rate * (purse.base_revenue + earned),
                paid=plan.remittance.get(place, 0.0),
                shortfall=plan.remittance_shortfall.get(place, 0.0),
                subsidy=plan.subsidy.get(place, 0.0),
                essential=purse.essential,
                local_funds=plan.local_funds.get(place, 0.0),
                draw=plan.draw.get(place, 0.0),
                surplus=plan.surplus.get(place, 0.0),
                fund=plan.priority_fund.get(place, 0.0),
            )
        )
    return tuple(found)


def remittances(instance: Instance, plan: Plan) -> tuple[Remittances, ...]:
    """What counties owe, pay and need back in each year: sums and counts over `budgets`.

    Formula: recycled = recycled_share * paid.
    """
    known = budgets(instance, plan)
    found = []
    for year in instance.years:
        rows = [budget for budget in known if budget.year == year]
        paid = sum(budget.paid for budget in rows)
        found.append(
            Remittances(
                year=year,
                counties=len(rows),
                revenue=sum(budget.revenue for budget in rows),
                due=sum(budget.due for budget in rows),
                paid=paid,
                target=instance.national_remittance.get(year),
                shortfall=sum(budget.shortfall for budget in rows),
                unable=sum(budget.unable for budget in rows),
                subsidies=sum(budget.subsidy for budget in rows),
                subsidised=sum(budget.subsidised for budget in rows),
                surplus=sum(budget.surplus for budget in rows),
                funds=sum(budget.fund for budget in rows),
                recycled=instance.policy.recycled_share * paid,
            )
        )
    return tuple(found)
