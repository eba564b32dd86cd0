"""Limits of policy on the result, each off by default."""

from collections.abc import Iterator

from pulp import lpSum

from models.evenness import UNEVENNESS_ERROR, capped, people_of
from models.instance import Instance
from models.objectives import greatest_coverage, least_cost
from models.records import NO_LIMIT
from models.rules.sums import total
from models.variables import Expression, Index, Variables


def coverage_floor(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """From a year on, domestic output meets at least a stated share of each county's demand for each good.

    Relation, for each county j, good g and year t >= coverage_floor_from, where the floor is above 0:
        sum(c, ship[c,j,g,t]) >= coverage_floor * demand[j,g,t]
    """
    floor = instance.policy.coverage_floor
    if floor == 0:
        return
    for (county, good, year), wanted in instance.demand.items():
        if year >= instance.policy.coverage_floor_from and wanted > 0:
            supply = lpSum(variables.ship[origin, county, good, year] for origin in instance.origins[county, good])
            yield (county, good, year), supply >= floor * wanted


def disparity_limit(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """The best and the worst provided province do not lie further apart than the limit.

    How well a province is provided is its domestic supply per head over the norm: its coverage.

    Relation, for each good g, province p with demand and year t >= disparity_from, where there is a limit:
        least_covered[g,t] <= coverage[p,g,t] <= least_covered[g,t] + disparity_limit
        coverage[p,g,t] = sum(j in p, c, ship[c,j,g,t]) / sum(j in p, demand[j,g,t])
    """
    limit = instance.policy.disparity_limit
    for (good, year), least in variables.least_covered.items():
        for province, members in instance.counties_of.items():
            wanted = sum(instance.demand[county, good, year] for county in members)
            if wanted <= 0:
                continue
            supply = lpSum(
                variables.ship[origin, county, good, year]
                for county in members
                for origin in instance.origins[county, good]
            )
            yield (province, good, year, "least"), supply >= wanted * least
            yield (province, good, year, "most"), supply <= wanted * least + wanted * limit


def dispersion_cap(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """No province holds more than a stated share of the nation's new capacity of a good, at the end of the plan.

    Relation, for each good g and province p, where the cap is below 1:
        sum(c in p, d of g, t, capacity[c,d] * start[c,d,t])
            <= dispersion_cap * sum(c, d of g, t, capacity[c,d] * start[c,d,t])
    """
    cap = instance.policy.dispersion_cap
    if cap == 1:
        return
    built: dict[tuple[str, str], list[Expression]] = {}
    for (county, code, _), started in variables.start.items():
        place = (instance.counties[county].province, instance.designs[code].good)
        built.setdefault(place, []).append(instance.options[county, code].capacity * started)
    for (province, good), here in built.items():
        everywhere = [amount for (_, made), amounts in built.items() if made == good for amount in amounts]
        yield (province, good), lpSum(here) <= cap * lpSum(everywhere)


def gini_cap(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """From a year on, coverage is spread over people with a Gini coefficient of no more than the cap.

    The Gini coefficient is unevenness over mean coverage; where nobody is covered at all, nobody is worse off.
    `unevenness` is exact up to 24 counties; beyond it is too small by no more than `error` times the range of coverage,
    which is therefore added: what the rule lets pass keeps the cap, and it is never stricter than a cap lower by
    `error` x range / mean coverage. See `models/evenness.py`.

    Relation, for each year t >= gini_cap_from, where the cap is below 1, with w[j] the share of people in county j:
        unevenness[t] + error * (most_coverage[t] - least_coverage[t]) <= gini_cap * sum(j, w[j] * covered[j,t])
        least_coverage[t] <= covered[j,t] <= most_coverage[t]
        error = 0 up to 24 counties, and 1 / 1600 beyond
    """
    for (year,), uneven in variables.unevenness.items():
        if not capped(instance, year):
            continue
        people = people_of(instance, year)
        mean = lpSum(part * variables.covered[county, year] for county, part in people.items())
        if (year,) not in variables.most_coverage:
            yield (year,), uneven <= instance.policy.gini_cap * mean
            continue
        least, most = variables.least_coverage[year,], variables.most_coverage[year,]
        for county in people:
            yield (county, year, "least"), least <= variables.covered[county, year]
            yield (county, year, "most"), variables.covered[county, year] <= most
        yield (year,), uneven + UNEVENNESS_ERROR * most - UNEVENNESS_ERROR * least <= instance.policy.gini_cap * mean


def uncovered_cap(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """No more people are left uncovered than the cap, all years together, counted as in `greatest_coverage`.

    Relation, where there is a cap:
        sum(j, g, t >= objective_from, population[j] / goods wanted in j and t
            * (imports[j,g,t] + shortage[j,g,t]) / demand[j,g,t]) <= uncovered_cap
    """
    if instance.policy.uncovered_cap < NO_LIMIT:
        uncovered = tuple(greatest_coverage(instance))
        if uncovered:
            yield ("total",), total(uncovered, variables) <= instance.policy.uncovered_cap


def cost_cap(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """The plan costs no more than the cap, whatever it is made for.

    Relation, where there is a cap:
        sum of all cost terms <= cost_cap
    """
    if instance.policy.cost_cap < NO_LIMIT:
        costs = tuple(least_cost(instance))
        if costs:
            yield ("total",), total(costs, variables) <= instance.policy.cost_cap
