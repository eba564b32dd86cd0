"""The verifier's own sum of each cost term, under the term's name: discounted money of a whole plan."""

from collections.abc import Callable, Mapping

from models.instance import Instance
from models.verifier.facts import Facts

CostClause = Callable[[Facts], float]


def investment(facts: Facts) -> float:
    """Starts paid in equal parts, each discounted from its own year even beyond the plan; package items at once."""
    instance = facts.instance
    total = 0.0
    for (county, code), begun in facts.starts.items():
        span = max(1, instance.designs[code].lead_years)
        part = instance.options[county, code].investment / span
        for start, plants in begun.items():
            total += sum(part * plants * discount(instance, start + later) for later in range(span))
    for (_, year), money in facts.package_money.items():
        total += money * discount(instance, year)
    return total


def operation(facts: Facts) -> float:
    """A fixed sum for each running plant and a variable one for each tonne, of existing plants too."""
    instance, weight = facts.instance, _running_weights(facts.instance)
    total = 0.0
    for (county, design, year), plants in facts.running.items():
        total += weight[year] * instance.options[county, design].fixed_cost * plants
    for (county, design, year), output in facts.plan.produce.items():
        if (county, design) in instance.options:
            total += weight[year] * instance.options[county, design].variable_cost * output
    for (county, good, year), output in facts.plan.produce_existing.items():
        if (county, good) in instance.existing:
            total += weight[year] * instance.existing[county, good].variable_cost * output
    return total


def inputs(facts: Facts) -> float:
    """Raw materials, the county's own and bought ones at their prices. Goods used as inputs cost nothing again."""
    instance, weight = facts.instance, _running_weights(facts.instance)
    total = 0.0
    for (_, code, year), tonnes in facts.plan.local_input.items():
        total += weight[year] * instance.inputs[code].local_price * tonnes
    for (_, code, year), tonnes in facts.plan.bought_input.items():
        total += weight[year] * instance.inputs[code].bought_price * tonnes
    return total


def labour(facts: Facts) -> float:
    """What the staff of running plants would make elsewhere."""
    instance, weight = facts.instance, _running_weights(facts.instance)
    total = 0.0
    for (county, design, year), plants in facts.running.items():
        lost = instance.counties[county].market_product * instance.options[county, design].workers
        total += weight[year] * lost * plants
    return total


def transport(facts: Facts) -> float:
    """Carrying goods along lanes."""
    instance, weight = facts.instance, _running_weights(facts.instance)
    total = 0.0
    for (origin, destination, good, year), tonnes in facts.plan.ship.items():
        lane = instance.lanes.get((origin, destination, good))
        total += weight[year] * lane.cost * tonnes if lane else 0.0
    return total


def imports(facts: Facts) -> float:
    """Imported goods at their price."""
    weight = _running_weights(facts.instance)
    total = 0.0
    for (_, good, year), tonnes in facts.plan.imports.items():
        total += weight[year] * (facts.instance.goods[good].import_price or 0.0) * tonnes
    return total


def shortage(facts: Facts) -> float:
    """Demand not met at its penalty."""
    weight = _running_weights(facts.instance)
    total = 0.0
    for (_, good, year), tonnes in facts.plan.shortage.items():
        total += weight[year] * (facts.instance.goods[good].shortage_penalty or 0.0) * tonnes
    return total


def donor_premium(facts: Facts) -> float:
    """What donors are repaid beyond their money."""
    return facts.instance.policy.donor_premium * _worth(facts, facts.plan.donations)


def subsidy(facts: Facts) -> float:
    """Money that counties need back, at its penalty."""
    return facts.instance.policy.subsidy_penalty * _worth(facts, facts.plan.subsidy)


def remittance_shortfall(facts: Facts) -> float:
    """Money that counties fail to remit, at its penalty."""
    return facts.instance.policy.shortfall_penalty * _worth(facts, facts.plan.remittance_shortfall)


def support(facts: Facts) -> float:
    """Founding support bases."""
    total = 0.0
    for (province, year), number in facts.plan.support.items():
        total += discount(facts.instance, year) * facts.instance.provinces[province].support_cost * number
    return total


def _worth(facts: Facts, family: Mapping[tuple[str, int], float]) -> float:
    """Money of plan years, as it is worth in the first."""
    return sum(discount(facts.instance, year) * money for (_, year), money in family.items())


def discount(instance: Instance, year: int) -> float:
    """What money of `year` is worth in the first year."""
    return float((1 + instance.discount_rate) ** (instance.years[0] - year))


def _running_weights(instance: Instance) -> Mapping[int, float]:
    """Worth of a year's running costs; the last year's recur in each year of the tail."""
    weights = {year: discount(instance, year) for year in instance.years}
    last = instance.years[-1]
    for later in range(1, instance.tail_years + 1):
        weights[last] += discount(instance, last + later)
    return weights


COST_CLAUSES_OF_FACTS: Mapping[str, CostClause] = {
    clause.__name__: clause
    for clause in (
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
}
