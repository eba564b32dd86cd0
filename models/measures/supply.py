"""Where goods are made, where they arrive, and what of them people get."""

from collections import defaultdict
from collections.abc import Mapping

from models.instance import Instance
from models.measures.shares import mean, share
from models.plan import Plan

ALL_GOODS = ""
"""Stands for all goods together where a mapping or a table is by good."""

CountyGoodYear = Mapping[tuple[str, str, int], float]


def output_of_new(instance: Instance, plan: Plan) -> CountyGoodYear:
    """Tonnes made by plants of the plan, by county, good and year: sum(d of g, produce[c,d,t])."""
    made: dict[tuple[str, str, int], float] = defaultdict(float)
    for (county, design, year), tonnes in plan.produce.items():
        made[county, instance.designs[design].good, year] += tonnes
    return made


def output(instance: Instance, plan: Plan) -> CountyGoodYear:
    """Tonnes made by new and existing plants, by county, good and year."""
    made = defaultdict(float, output_of_new(instance, plan))
    for place, tonnes in plan.produce_existing.items():
        made[place] += tonnes
    return made


def arrivals(plan: Plan) -> tuple[CountyGoodYear, CountyGoodYear]:
    """Tonnes kept in their own county, and tonnes arriving from others, by destination, good and year."""
    own: dict[tuple[str, str, int], float] = defaultdict(float)
    others: dict[tuple[str, str, int], float] = defaultdict(float)
    for (origin, destination, good, year), tonnes in plan.ship.items():
        (own if origin == destination else others)[destination, good, year] += tonnes
    return own, others


def used_by_plants(instance: Instance, plan: Plan) -> CountyGoodYear:
    """Tonnes of a good that plants use as an intermediate product, by county, good and year:
    sum(w made of g, made_input[c,w,t])."""
    used: dict[tuple[str, str, int], float] = defaultdict(float)
    for (county, entry, year), tonnes in plan.made_input.items():
        good = instance.inputs[entry].good
        if good is not None:
            used[county, good, year] += tonnes
    return used


def domestic_supply(instance: Instance, plan: Plan) -> CountyGoodYear:
    """Tonnes of domestic output that people get, by county, good and year.

    Formula: max(0, sum(c, ship[c,j,g,t]) - used_by_plants[j,g,t]), which is demand less imports and shortage.
    Where a good is also an intermediate product, imports thus count for people before they count for plants, as
    in the objectives on coverage.
    """
    own, others = arrivals(plan)
    used = used_by_plants(instance, plan)
    return {
        place: max(0.0, own.get(place, 0.0) + others.get(place, 0.0) - used.get(place, 0.0))
        for place in own.keys() | others.keys()
    }


def coverage_by_county(instance: Instance, plan: Plan) -> Mapping[tuple[str, str, int], float]:
    """Domestic supply a head relative to the norm, by county, good (or `ALL_GOODS`) and year; 1 where all is met.

    Formula: domestic_supply[j,g,t] / demand[j,g,t]; for all goods the mean over those with demand there, each good
    with the same weight. Left out where there is no demand.
    """
    return _coverage(instance, domestic_supply(instance, plan), {county: (county,) for county in instance.counties})


def coverage_by_province(instance: Instance, plan: Plan) -> Mapping[tuple[str, str, int], float]:
    """Domestic supply relative to demand, by province, good (or `ALL_GOODS`) and year.

    Formula: sum(j in p, domestic_supply[j,g,t]) / sum(j in p, demand[j,g,t]); for all goods the mean over those with
    demand there. Left out where there is no demand.
    """
    return _coverage(instance, domestic_supply(instance, plan), instance.counties_of)


def national_coverage(instance: Instance, supplied: CountyGoodYear) -> Mapping[tuple[str, int], float]:
    """Tonnes supplied in the whole country relative to demand, by good (or `ALL_GOODS`, their mean) and year."""
    found = _coverage(instance, supplied, {"": tuple(instance.counties)})
    return {(good, year): covered for (_, good, year), covered in found.items()}


def _coverage(
    instance: Instance, supplied: CountyGoodYear, regions: Mapping[str, tuple[str, ...]]
) -> dict[tuple[str, str, int], float]:
    found: dict[tuple[str, str, int], float] = {}
    for region, counties in regions.items():
        for year in instance.years:
            covered: list[float | None] = []
            for good in instance.goods:
                demand = sum(instance.demand[county, good, year] for county in counties)
                part = share(sum(supplied.get((county, good, year), 0.0) for county in counties), demand)
                covered.append(part)
                if part is not None:
                    found[region, good, year] = part
            whole = mean(covered)
            if whole is not None:
                found[region, ALL_GOODS, year] = whole
    return found
