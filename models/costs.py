"""The terms of the least-cost objective: one function a term, under the one name it has everywhere.

A cost is a pure function of the instance that yields rates: which variable costs how much, counted
in which county and year. The builder sums rate x variable into the objective, and the charges of a
plan are rate x value. All rates are discounted money; running costs of the last year include the tail.

The value of existing output that crowding out destroys is not a term of its own: that output serves
demand, so its loss appears as the imports, shortage or new output that replace it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from models.instance import Instance
from models.plan import Charge, Plan
from models.variables import Index


@dataclass(frozen=True, slots=True)
class Rate:
    """Discounted money per unit of a variable, counted in a county and year."""

    county: str
    year: int
    variable: str
    index: Index
    amount: float


def investment(instance: Instance) -> Iterator[Rate]:
    """Construction: each start paid in equal parts over its construction years, package items in the joining year.

    Parts that fall after the last year are counted, discounted to when they are due, in the last year.

    Term: sum(c, d, t, sum(k in 0..construction_years[d]-1, (1 + discount_rate) ** -(t + k - first_year))
              * investment[c,d] / construction_years[d] * start[c,d,t])
          + sum(c, t, capital_weight[t] * site_cost_index[c] * sum(items due in t, investment[item]) * select[c,t])
    """
    for (county, design), option in instance.options.items():
        parts = instance.designs[design].construction_years
        for year in instance.years:
            for due in range(year, year + parts):
                weight = (1 + instance.discount_rate) ** -(due - instance.first_year)
                amount = weight * option.investment / parts
                yield Rate(county, min(due, instance.last_year), "start", (county, design, year), amount)
    for year in instance.years:
        items = sum(item.investment for item in instance.due_items(year))
        for place in instance.counties.values():
            amount = instance.capital_weight[year] * place.site_cost_index * items
            yield Rate(place.code, year, "select", (place.code, year), amount)


def operation(instance: Instance) -> Iterator[Rate]:
    """A running plant costs a fixed sum, and each tonne a variable one, besides labour and inputs.

    Existing plants cost a sum per tonne.

    Term: sum(c, d, t, running_weight[t]
              * (fixed_cost[c,d] * running[c,d,t] + variable_cost[c,d] * produce[c,d,t]))
          + sum(c, g, t, running_weight[t] * variable_cost[c,g] * produce_existing[c,g,t])
    """
    for (county, design), option in instance.options.items():
        for year, weight in instance.running_weight.items():
            yield Rate(county, year, "running", (county, design, year), weight * option.fixed_cost)
            yield Rate(county, year, "produce", (county, design, year), weight * option.variable_cost)
    for (county, good), plant in instance.existing.items():
        for year, weight in instance.running_weight.items():
            yield Rate(county, year, "produce_existing", (county, good, year), weight * plant.variable_cost)


def inputs(instance: Instance) -> Iterator[Rate]:
    """Raw materials, at the price of the county's own or of what is bought elsewhere.

    An intermediate product costs what its plants, transport or import cost.

    Term: sum(c, w, t, running_weight[t]
              * (local_price[w] * local_input[c,w,t] + bought_price[w] * bought_input[c,w,t]))
    """
    for county, design_codes in instance.designs_at.items():
        used = {entry for code in design_codes for entry in instance.designs[code].inputs}
        for code in sorted(used):
            entry = instance.inputs[code]
            for year, weight in instance.running_weight.items():
                if (county, code) in instance.input_supply:
                    yield Rate(county, year, "local_input", (county, code, year), weight * entry.local_price)
                yield Rate(county, year, "bought_input", (county, code, year), weight * entry.bought_price)


def labour(instance: Instance) -> Iterator[Rate]:
    """What the staff of running plants would have produced elsewhere.

    Term: sum(c, d, t, running_weight[t] * market_product[c] * workers[c,d] * running[c,d,t])
    """
    for (county, design), option in instance.options.items():
        loss = instance.counties[county].market_product * option.workers
        for year, weight in instance.running_weight.items():
            yield Rate(county, year, "running", (county, design, year), weight * loss)


def transport(instance: Instance) -> Iterator[Rate]:
    """Carrying goods, counted in the county that receives them.

    Term: sum(c, j, g, t, running_weight[t] * cost[c,j,g] * ship[c,j,g,t])
    """
    for (origin, destination, good), lane in instance.lanes.items():
        for year, weight in instance.running_weight.items():
            yield Rate(destination, year, "ship", (origin, destination, good, year), weight * lane.cost)


def imports(instance: Instance) -> Iterator[Rate]:
    """Imported goods at their delivered price.

    Term: sum(j, g, t, running_weight[t] * import_price[g] * imports[j,g,t])
    """
    for county, good, year in instance.demand:
        price = instance.goods[good].import_price
        if price is not None:
            yield Rate(county, year, "imports", (county, good, year), instance.running_weight[year] * price)


def shortage(instance: Instance) -> Iterator[Rate]:
    """Demand not met, at the good's penalty.

    Term: sum(j, g, t, running_weight[t] * shortage_penalty[g] * shortage[j,g,t])
    """
    for county, good, year in instance.demand:
        penalty = instance.goods[good].shortage_penalty
        if penalty is not None:
            yield Rate(county, year, "shortage", (county, good, year), instance.running_weight[year] * penalty)


def donor_premium(instance: Instance) -> Iterator[Rate]:
    """What donors are repaid beyond the money they gave, in favours or in kind.

    Term: sum(c, t, capital_weight[t] * donor_premium * donations[c,t])
    """
    for county in instance.counties.values():
        for year, weight in instance.capital_weight.items() if county.donations > 0 else ():
            amount = weight * instance.policy.donor_premium
            yield Rate(county.code, year, "donations", (county.code, year), amount)


def subsidy(instance: Instance) -> Iterator[Rate]:
    """Penalty on subsidies of the centre to counties that cannot pay their essential expenditure.

    Term: sum(c, t, capital_weight[t] * subsidy_penalty * subsidy[c,t])
    """
    for county, year in instance.purses:
        amount = instance.capital_weight[year] * instance.policy.subsidy_penalty
        yield Rate(county, year, "subsidy", (county, year), amount)


def remittance_shortfall(instance: Instance) -> Iterator[Rate]:
    """Penalty on remittances that counties owe and cannot pay.

    Term: sum(c, t, capital_weight[t] * shortfall_penalty * remittance_shortfall[c,t])
    """
    for county, year in instance.may_fall_short:
        amount = instance.capital_weight[year] * instance.policy.shortfall_penalty
        yield Rate(county, year, "remittance_shortfall", (county, year), amount)


def support(instance: Instance) -> Iterator[Rate]:
    """Founding technical support bases, counted in the first county of their province.

    Term: sum(p, t, capital_weight[t] * support_cost[p] * support[p,t])
    """
    for code, province in instance.provinces.items():
        if province.support_uplift > 0 and instance.counties_of[code]:
            for year, weight in instance.capital_weight.items():
                amount = weight * province.support_cost
                yield Rate(instance.counties_of[code][0], year, "support", (code, year), amount)


Cost = Callable[[Instance], Iterator[Rate]]

COSTS: tuple[Cost, ...] = (
    investment,
    operation,
    inputs,
    labour,
    transport,
    imports,
    shortage,
    donor_premium,
    subsidy,
    remittance_shortfall,
    support,
)


def charges_of(instance: Instance, plan: Plan) -> tuple[Charge, ...]:
    """The cost of a plan by term, county and year: discounted money, zero amounts left out."""
    values: dict[str, Mapping[Any, float]] = {**dict(plan.items()), "running": running_plants(instance, plan)}
    totals: dict[tuple[str, str, int], float] = {}
    for cost in COSTS:
        for rate in cost(instance):
            value = values[rate.variable].get(rate.index, 0.0)
            if value:
                key = (cost.__name__, rate.county, rate.year)
                totals[key] = totals.get(key, 0.0) + rate.amount * value
    return tuple(Charge(*key, amount) for key, amount in totals.items() if amount)


def running_plants(instance: Instance, plan: Plan) -> Mapping[tuple[str, str, int], float]:
    """Plants that run, by (county, design, year), zero left out."""
    running: dict[tuple[str, str, int], float] = {}
    for (county, design, begun), plants in plan.start.items():
        for year in instance.years:
            if begun in instance.running(design, year):
                running[county, design, year] = running.get((county, design, year), 0.0) + plants
    return running
