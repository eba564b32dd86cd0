"""What a map tells of a run: when each county joins, what is built there, what it gets, what it sends."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from models.instance import Instance
from models.measures.shares import share
from models.measures.supply import domestic_supply
from models.plan import Plan
from reports.charts.picture import good_names, province_names, scale_names
from reports.choices import joining, starting

LEAST_TONNES = 0.5
"""Flows below this are not drawn."""


@dataclass(frozen=True)
class Built:
    """Plants of a design that start in a county in a year; `scale` is the rank of its scale."""

    year: int
    design: str
    scale: int
    count: float


@dataclass(frozen=True)
class Site:
    """A county on the map. `joins` is its year, None if it never joins; `coverage` is by year, None without demand."""

    code: str
    name: str
    local_name: str
    province: str
    population: float
    joins: int | None
    decided: bool
    built: tuple[Built, ...]
    coverage: tuple[float | None, ...]


@dataclass(frozen=True)
class MapContent:
    """Counties in the order of the workbook, and what goes between them.

    `flows` has (good, year) and for it (origin, destination, tonnes) with ranks of counties, the largest last.
    """

    years: tuple[int, ...]
    scales: tuple[str, ...]
    goods: tuple[str, ...]
    sites: tuple[Site, ...]
    flows: Mapping[tuple[int, int], tuple[tuple[int, int, float], ...]]

    def shares_joined(self, year: int) -> tuple[int, int]:
        """Counties that have joined by the end of a year, and those that join in it."""
        dates = [site.joins for site in self.sites if site.joins is not None]
        return sum(date <= year for date in dates), dates.count(year)


def map_content(instance: Instance, plan: Plan) -> MapContent:
    """What a map tells of a plan."""
    joins, ranks = dict(joining(instance, plan)), {code: rank for rank, code in enumerate(instance.counties)}
    scales, goods, provinces = scale_names(instance), good_names(instance), province_names(instance)
    scale_ranks = {code: rank for rank, code in enumerate(scales)}
    built: dict[str, list[Built]] = defaultdict(list)
    for county, code, year, count in starting(instance, plan):
        design = instance.designs[code]
        built[county].append(Built(year, design.name, scale_ranks[design.scale], count))
    supplied = domestic_supply(instance, plan)
    sites = tuple(
        Site(
            code=county.code,
            name=county.name,
            local_name=county.local_name,
            province=provinces[county.province],
            population=county.population,
            joins=joins.get(county.code),
            decided=county.code in instance.decided,
            built=tuple(built[county.code]),
            coverage=tuple(_coverage(instance, supplied, county.code, year) for year in instance.years),
        )
        for county in instance.counties.values()
    )
    good_ranks = {code: rank for rank, code in enumerate(goods)}
    flows: dict[tuple[int, int], list[tuple[int, int, float]]] = defaultdict(list)
    for (origin, destination, good, year), tonnes in plan.ship.items():
        if origin != destination and tonnes >= LEAST_TONNES:
            flows[good_ranks[good], year].append((ranks[origin], ranks[destination], tonnes))
    return MapContent(
        years=instance.years,
        scales=tuple(scales.values()),
        goods=tuple(goods.values()),
        sites=sites,
        flows={key: tuple(sorted(found, key=lambda flow: flow[2])) for key, found in flows.items()},
    )


def _coverage(
    instance: Instance, supplied: Mapping[tuple[str, str, int], float], county: str, year: int
) -> float | None:
    """Domestic supply as a share of demand in a county, mean of the goods that its people need."""
    shares = [
        share(supplied.get((county, good, year), 0.0), instance.demand[county, good, year]) for good in instance.goods
    ]
    known = [found for found in shares if found is not None]
    return sum(known) / len(known) if known else None
