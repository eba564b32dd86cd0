"""What a plan makes least: one function an objective, under the name that the setting has for it.

Like a cost, an objective is a pure function of the instance that yields rates: which variable counts how much. All are
made least, and none can fall below 0.
"""

from collections.abc import Callable, Iterator, Mapping

from models.costs import COSTS, Rate
from models.evenness import people_of, wanted_goods
from models.instance import Instance
from models.variables import Expression, Index, Variables


def least_cost(instance: Instance) -> Iterator[Rate]:
    """Discounted economic cost (money): the sum of all cost terms."""
    for cost in COSTS:
        yield from cost(instance)


def greatest_coverage(instance: Instance) -> Iterator[Rate]:
    """People not covered (person-years): each county's people, by the share of their demand that domestic output does
    not meet, averaged over goods.

    Term: sum(j, g, t >= objective_from, population[j] / goods wanted in j and t
              * (imports[j,g,t] + shortage[j,g,t]) / demand[j,g,t])
    """
    goods_wanted: dict[tuple[str, int], int] = {}
    for county, _, year in _wanted(instance):
        goods_wanted[county, year] = goods_wanted.get((county, year), 0) + 1
    for index in _wanted(instance):
        county, _, year = index
        people = instance.counties[county].population / goods_wanted[county, year]
        for variable in uncovered_variables(instance, index[1]):
            yield Rate(county, year, variable, index, people / instance.demand[index])


def greatest_least_coverage(instance: Instance) -> Iterator[Rate]:
    """The greatest share of any county's demand for any good that domestic output does not meet in any year
    (0 to 1), from `objective_from` on."""
    if instance.counties:
        yield Rate(next(iter(instance.counties)), instance.last_year, "worst_uncovered", (), 1.0)


def greatest_even_coverage(instance: Instance) -> Iterator[Rate]:
    """How unevenly people are covered and how little (0 to 1), the mean of the years from `objective_from` on. With a
    `coverage_weight` of 1 it is what the worse covered of two people, drawn at random, lacks on average.

    Term: sum(t >= objective_from, unevenness[t] + coverage_weight * (1 - mean coverage[t])) / number of such years
        1 - mean coverage[t] = sum(j, share of people[j] * mean(g wanted in j and t,
                                   (imports[j,g,t] + shortage[j,g,t]) / demand[j,g,t]))
    Source: 1 - mean * (1 - Gini) is Sen, A. (1976), Real national income, Review of Economic Studies 43 (1), 19-39.
    """
    years = [year for year in instance.years if year >= instance.policy.objective_from and people_of(instance, year)]
    for year in years:
        people = people_of(instance, year)
        yield Rate(next(iter(people)), year, "unevenness", (year,), 1 / len(years))
        for county, part in people.items():
            goods = wanted_goods(instance, county, year)
            for good in goods:
                index = (county, good, year)
                amount = instance.policy.coverage_weight * part / (len(years) * len(goods) * instance.demand[index])
                for variable in uncovered_variables(instance, good):
                    yield Rate(county, year, variable, index, amount)


def least_concentration(instance: Instance) -> Iterator[Rate]:
    """The most new capacity for a good that any one province holds once all is built, relative to the nation's demand
    for the good in the last year. Meant with `coverage_floor` or `uncovered_cap`: to build nothing is to hold none."""
    if instance.counties:
        yield Rate(next(iter(instance.counties)), instance.last_year, "concentration", (), 1.0)


def least_central_funds(instance: Instance) -> Iterator[Rate]:
    """What the centre pays (discounted money): central funds, subsidies and support bases. Meant with `coverage_floor`.

    Term: sum(t, capital_weight[t] * spent[t])
          spent[t] = sum(c, central_funds[c,t] + subsidy[c,t]) + sum(p, support_cost[p] * support[p,t])
    """
    for year, weight in instance.capital_weight.items():
        for county in instance.counties:
            yield Rate(county, year, "central_funds", (county, year), weight)
            if (county, year) in instance.purses:
                yield Rate(county, year, "subsidy", (county, year), weight)
        for code, province in instance.provinces.items():
            if province.support_uplift > 0 and instance.counties_of[code]:
                place = instance.counties_of[code][0]
                yield Rate(place, year, "support", (code, year), weight * province.support_cost)


OBJECTIVES: Mapping[str, Callable[[Instance], Iterator[Rate]]] = {
    "least cost": least_cost,
    "greatest coverage": greatest_coverage,
    "greatest least coverage": greatest_least_coverage,
    "greatest even coverage": greatest_even_coverage,
    "least concentration": least_concentration,
    "least central funds": least_central_funds,
}


def worst_uncovered(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """What `greatest_least_coverage` makes least is no less than any county's uncovered share.

    Relation, for each county j, good g with demand and year t >= objective_from:
        demand[j,g,t] * worst_uncovered >= imports[j,g,t] + shortage[j,g,t]
    """
    for worst in variables.worst_uncovered.values():
        for index in _wanted(instance):
            parts = [getattr(variables, name)[index] for name in uncovered_variables(instance, index[1])]
            if parts:
                yield index, instance.demand[index] * worst >= sum(parts)


def _wanted(instance: Instance) -> Iterator[tuple[str, str, int]]:
    return (
        index for index, tonnes in instance.demand.items() if tonnes > 0 and index[2] >= instance.policy.objective_from
    )


def uncovered_variables(instance: Instance, good: str) -> Iterator[str]:
    """Variables that stand for demand for a good not met from domestic output, where they exist."""
    if instance.goods[good].import_price is not None:
        yield "imports"
    if instance.goods[good].shortage_penalty is not None:
        yield "shortage"
