"""Who pays for construction, and what the centre does with its money."""

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from models.instance import Instance
from models.measures.shares import share
from models.plan import CountyYear, Plan
from models.records import NO_LIMIT


@dataclass(frozen=True, slots=True)
class Payment:
    """Money for construction, by who gives it, and what donors are repaid beyond theirs; undiscounted."""

    central: float = 0.0
    local: float = 0.0
    donated: float = 0.0
    premium: float = 0.0

    def __add__(self, other: "Payment") -> "Payment":
        """Both together."""
        return Payment(
            self.central + other.central,
            self.local + other.local,
            self.donated + other.donated,
            self.premium + other.premium,
        )

    @property
    def total(self) -> float:
        """What construction costs: central + local + donated."""
        return self.central + self.local + self.donated

    @property
    def central_share(self) -> float | None:
        """Part that the centre pays."""
        return share(self.central, self.total)

    @property
    def local_share(self) -> float | None:
        """Part that the counties pay."""
        return share(self.local, self.total)

    @property
    def donated_share(self) -> float | None:
        """Part that donors give."""
        return share(self.donated, self.total)


@dataclass(frozen=True, slots=True)
class CentralBudget:
    """The centre's money in a year, undiscounted: what it has and what becomes of it.

    `funds` may be unlimited. `lapsed` is what is left where it may not be carried to the next year.
    """

    year: int
    funds: float
    recycled: float
    reserve_before: float
    construction: float
    subsidies: float
    support: float
    reserve: float

    @property
    def available(self) -> float:
        """What there is to spend: funds + recycled + reserve_before."""
        return self.funds + self.recycled + self.reserve_before

    @property
    def spent(self) -> float:
        """What is spent: construction + subsidies + support."""
        return self.construction + self.subsidies + self.support

    @property
    def lapsed(self) -> float:
        """What is neither spent nor kept: available - spent - reserve; unlimited where funds are."""
        return max(0.0, self.available - self.spent - self.reserve)

    @property
    def use(self) -> float | None:
        """What is spent as a share of what there is."""
        return share(self.spent, self.available)


def payments(instance: Instance, plan: Plan) -> Mapping[tuple[str, int], Payment]:
    """Who pays for construction, by province and year.

    Formula: sums of central_funds, local_funds and donations over the counties of a province;
        premium = donor_premium * donations.
    """
    found = {(province, year): Payment() for province in instance.provinces for year in instance.years}
    rate = instance.policy.donor_premium
    for (county, year), money in plan.central_funds.items():
        found[instance.counties[county].province, year] += Payment(central=money)
    for (county, year), money in plan.local_funds.items():
        found[instance.counties[county].province, year] += Payment(local=money)
    for (county, year), money in plan.donations.items():
        found[instance.counties[county].province, year] += Payment(donated=money, premium=rate * money)
    return found


def central_budget(instance: Instance, plan: Plan) -> tuple[CentralBudget, ...]:
    """The centre's money by year; what it has is what it spends, keeps and lets lapse.

    Formula: central_funds[t] + recycled_share * sum(c, remittance[c,t-1]) + reserve[t-1]
        = sum(c, central_funds[c,t] + subsidy[c,t]) + sum(p, support_cost[p] * support[p,t]) + reserve[t] + lapsed[t].
    """
    remitted, construction = _by_year(plan.remittance), _by_year(plan.central_funds)
    subsidies = _by_year(plan.subsidy)
    support: dict[int, float] = defaultdict(float)
    for (province, year), founded in plan.support.items():
        support[year] += instance.provinces[province].support_cost * founded
    return tuple(
        CentralBudget(
            year=year,
            funds=instance.central_funds.get(year, NO_LIMIT),
            recycled=instance.policy.recycled_share * remitted.get(year - 1, 0.0),
            reserve_before=plan.reserve.get((year - 1,), 0.0),
            construction=construction.get(year, 0.0),
            subsidies=subsidies.get(year, 0.0),
            support=support.get(year, 0.0),
            reserve=plan.reserve.get((year,), 0.0),
        )
        for year in instance.years
    )


def central_use(instance: Instance, plan: Plan) -> Mapping[tuple[str, int], tuple[float, float]]:
    """What is used and what there is of the centre's means, by means and year: `money`, `labour` and the code of each
    material, after `material:`. What there is may be unlimited."""
    found = {("money", budget.year): (budget.spent, budget.available) for budget in central_budget(instance, plan)}
    labour = _by_year(plan.central_labour)
    materials: dict[tuple[str, int], float] = defaultdict(float)
    for (_, material, year), tonnes in plan.central_material.items():
        materials[material, year] += tonnes
    for year in instance.years:
        found["labour", year] = (labour.get(year, 0.0), instance.central_labour.get(year, math.inf))
        for material in instance.materials:
            most = instance.central_material.get((material, year), math.inf)
            found[f"material:{material}", year] = (materials[material, year], most)
    return found


def _by_year(family: CountyYear) -> Mapping[int, float]:
    found: dict[int, float] = defaultdict(float)
    for (_, year), amount in family.items():
        found[year] += amount
    return found
