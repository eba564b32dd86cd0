"""What ties the variables on evenness and concentration to a plan, where a rule or the objective needs them."""

from collections.abc import Iterator, Mapping
from itertools import combinations

from pulp import lpSum

from models.evenness import PARTS, even_years, is_paired, people_of, wanted_goods
from models.instance import Instance
from models.objectives import uncovered_variables
from models.variables import Expression, Index, Variables


def unevenness(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """Half the mean difference in coverage between two people, from what their counties lack; see `models/evenness.py`.

    Relation, for each year t that needs it, with w[j] the share of people in county j among those that want anything:
        covered[j,t] = 1 - mean(g wanted in j and t, (imports[j,g,t] + shortage[j,g,t]) / demand[j,g,t])
        imports[j,g,t] + shortage[j,g,t] <= demand[j,g,t]    where g is an intermediate product too
        up to 24 counties with demand:
            apart[i,j,t] >= covered[i,t] - covered[j,t]    for each pair i, j
            unevenness[t] >= sum(i < j, w[i] * w[j] * (2 * apart[i,j,t] - covered[i,t] + covered[j,t]))
        beyond, at the parts k = 1..19 of 20:
            below[k,j,t] >= level[k,t] - covered[j,t]
            unevenness[t] >= 2 / 20 * sum(k, k / 20 * sum(j, w[j] * covered[j,t])
                                             - k / 20 * level[k,t] + sum(j, w[j] * below[k,j,t]))
    Source of the second form: Ogryczak, W. and Tamir, A. (2003), Minimizing the sum of the k largest functions in
    linear time, Information Processing Letters 85 (3), 117-122.
    """
    shared = {entry.good for entry in instance.inputs.values() if entry.good is not None}
    for year in even_years(instance):
        people = people_of(instance, year)
        for county in people:
            yield from _covered(instance, variables, county, year, shared)
        if not people:
            continue
        covered = {county: variables.covered[county, year] for county in people}
        if is_paired(instance, year):
            parts = []
            for one, other in combinations(people, 2):
                apart, weight = variables.apart[one, other, year], people[one] * people[other]
                yield (one, other, year), apart >= covered[one] - covered[other]
                parts += [2 * weight * apart, -weight * covered[one], weight * covered[other]]
            yield (year,), variables.unevenness[year,] >= lpSum(parts)
        else:
            yield from _lorenz(variables, year, people, covered)


def _lorenz(
    variables: Variables, year: int, people: Mapping[str, float], covered: Mapping[str, Expression]
) -> Iterator[tuple[Index, Expression]]:
    """Unevenness from points of the Lorenz curve."""
    step, parts = 1 / PARTS, []
    for part in range(1, PARTS):
        level = variables.level[part, year]
        for county in people:
            yield (part, county, year), variables.below[part, county, year] >= level - covered[county]
        parts += [2 * step * people[county] * variables.below[part, county, year] for county in people]
        parts.append(-2 * step * part * step * level)
    mean = 2 * step * sum(part * step for part in range(1, PARTS))
    parts += [mean * people[county] * covered[county] for county in people]
    yield (year,), variables.unevenness[year,] >= lpSum(parts)


def _covered(
    instance: Instance, variables: Variables, county: str, year: int, shared: set[str]
) -> Iterator[tuple[Index, Expression]]:
    """Coverage of a county's people, mean over the goods that they want."""
    goods = wanted_goods(instance, county, year)
    lacking = []
    for good in goods:
        index = (county, good, year)
        missing = [getattr(variables, name)[index] for name in uncovered_variables(instance, good)]
        lacking += [amount / (len(goods) * instance.demand[index]) for amount in missing]
        if good in shared and missing:
            yield (*index, "people"), lpSum(missing) <= instance.demand[index]
    yield (county, year), variables.covered[county, year] + lpSum(lacking) == 1


def concentration(instance: Instance, variables: Variables) -> Iterator[tuple[Index, Expression]]:
    """The most new capacity for a good that any one province holds, relative to the nation's demand for it.

    Relation, for each good g that people want in the last year, and province p where plants may make it:
        sum(j, demand[j,g,last]) * concentration >= sum(c in p, d of g, t, capacity[c,d] * start[c,d,t])
    """
    for greatest in variables.concentration.values():
        built: dict[tuple[str, str], list[Expression]] = {}
        for (county, code, _), started in variables.start.items():
            place = (instance.counties[county].province, instance.designs[code].good)
            built.setdefault(place, []).append(instance.options[county, code].capacity * started)
        for (province, good), amounts in built.items():
            wanted = sum(instance.demand[county, good, instance.last_year] for county in instance.counties)
            if wanted > 0:
                yield (province, good), wanted * greatest >= lpSum(amounts)
