"""The verifier's own value of each objective, under its name: what the best plan of it has least of."""

from collections.abc import Callable, Mapping

from models.verifier.costs import COST_CLAUSES_OF_FACTS, discount, support
from models.verifier.facts import Facts, spread


def least_cost(facts: Facts) -> float:
    """All that the plan costs, discounted money."""
    return sum(clause(facts) for clause in COST_CLAUSES_OF_FACTS.values())


def greatest_coverage(facts: Facts) -> float:
    """People whose demand is not met from home, person-years: a county's people count in equal parts for each good
    that they want."""
    goods_wanted: dict[tuple[str, int], int] = {}
    for county, _, year in _uncovered(facts):
        goods_wanted[county, year] = goods_wanted.get((county, year), 0) + 1
    total = 0.0
    for (county, _, year), share in _uncovered(facts).items():
        total += facts.instance.counties[county].population / goods_wanted[county, year] * share
    return total


def greatest_least_coverage(facts: Facts) -> float:
    """The largest share of any demand that is not met from home."""
    return max(_uncovered(facts).values(), default=0.0)


def greatest_even_coverage(facts: Facts) -> float:
    """What two people drawn at random lack of each other's coverage, halved, and what people lack on average, weighed,
    as a mean over the years that count; 0 where nobody wants anything."""
    policy, lacking = facts.instance.policy, []
    for year in facts.instance.years:
        served = facts.served(year)
        if year >= policy.objective_from and served:
            uneven, mean = spread(served)
            lacking.append(uneven + policy.coverage_weight * (1 - mean))
    return sum(lacking) / len(lacking) if lacking else 0.0


def least_concentration(facts: Facts) -> float:
    """The largest part of the nation's demand for a good, in the last year, that one province's starts could make."""
    wanted = dict.fromkeys(facts.instance.goods, 0.0)
    for (_, good, year), tonnes in facts.instance.demand.items():
        wanted[good] += tonnes if year == max(facts.instance.years) else 0.0
    return max((tonnes / wanted[good] for (_, good), tonnes in facts.added.items() if wanted[good] > 0), default=0.0)


def least_central_funds(facts: Facts) -> float:
    """What the centre spends on construction, subsidies and support bases, discounted money."""
    total = support(facts)
    for family in (facts.plan.central_funds, facts.plan.subsidy):
        for (_, year), money in family.items():
            total += discount(facts.instance, year) * money
    return total


def _uncovered(facts: Facts) -> Mapping[tuple[str, str, int], float]:
    """Imports and shortage as a share of demand, wherever there is demand, from the objective's first year on."""
    first = facts.instance.policy.objective_from
    return {
        index: (facts.plan.imports.get(index, 0.0) + facts.plan.shortage.get(index, 0.0)) / tonnes
        for index, tonnes in facts.instance.demand.items()
        if tonnes > 0 and index[2] >= first
    }


OBJECTIVE_CLAUSES_OF_FACTS: Mapping[str, Callable[[Facts], float]] = {
    "least cost": least_cost,
    "greatest coverage": greatest_coverage,
    "greatest least coverage": greatest_least_coverage,
    "greatest even coverage": greatest_even_coverage,
    "least concentration": least_concentration,
    "least central funds": least_central_funds,
}
