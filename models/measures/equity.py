"""How evenly domestic supply reaches people."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from models.instance import Instance
from models.measures.shares import gini, lorenz
from models.measures.supply import (
    ALL_GOODS,
    coverage_by_county,
    coverage_by_province,
    domestic_supply,
    national_coverage,
)
from models.plan import Plan

ALIKE = 1e-9
"""Coverages closer than this count as the same."""


@dataclass(frozen=True, slots=True)
class Equity:
    """How unequal the coverage of a good (or `ALL_GOODS`) is in a year.

    Coverages are shares of demand. `gini` is over people, each with the coverage of their county; None where nothing
    is supplied. `least_counties` counts those that have no more than the least covered county, which is the first
    of them in the order of the instance; places are None where none has demand.
    """

    year: int
    good: str
    coverage: float | None
    gini: float | None
    least_county: str | None
    least_county_coverage: float | None
    least_counties: int
    greatest_county: str | None
    greatest_county_coverage: float | None
    least_province: str | None
    least_province_coverage: float | None
    greatest_province: str | None
    greatest_province_coverage: float | None

    @property
    def disparity(self) -> float | None:
        """Greatest less least coverage of a province."""
        if self.least_province_coverage is None or self.greatest_province_coverage is None:
            return None
        return self.greatest_province_coverage - self.least_province_coverage


@dataclass(frozen=True, slots=True)
class LorenzPoint:
    """Corner of a Lorenz curve: the county that ends there, its coverage, and the shares (0 to 1) of people and of
    supply that counties no better covered have together."""

    county: str
    coverage: float
    people: float
    supply: float


def equity(instance: Instance, plan: Plan) -> tuple[Equity, ...]:
    """Inequality of coverage by year and good, all goods together last.

    The Gini coefficient is over counties weighted by population: gini of (population[j], coverage[j,g,t]) over the
    counties with demand. See `models.measures.shares.gini`.
    """
    counties = coverage_by_county(instance, plan)
    provinces = coverage_by_province(instance, plan)
    nation = national_coverage(instance, domestic_supply(instance, plan))
    return tuple(
        _equity(instance, year, good, counties, provinces, nation.get((good, year)))
        for year in instance.years
        for good in (*instance.goods, ALL_GOODS)
    )


def lorenz_points(instance: Instance, plan: Plan, year: int, good: str = ALL_GOODS) -> tuple[LorenzPoint, ...]:
    """Corners of the Lorenz curve of coverage over people, counties least covered first, without the corner (0, 0).

    Empty where nothing is supplied. See `models.measures.shares.lorenz`.
    """
    covered = _of(coverage_by_county(instance, plan), tuple(instance.counties), good, year)
    ordered = sorted(covered, key=lambda county: covered[county])
    curve = lorenz((instance.counties[county].population, covered[county]) for county in ordered)
    corners = zip(ordered, curve[1:], strict=True) if curve else ()
    return tuple(LorenzPoint(county, covered[county], *corner) for county, corner in corners)


def _equity(
    instance: Instance,
    year: int,
    good: str,
    by_county: Mapping[tuple[str, str, int], float],
    by_province: Mapping[tuple[str, str, int], float],
    nation: float | None,
) -> Equity:
    counties = _of(by_county, tuple(instance.counties), good, year)
    provinces = _of(by_province, tuple(instance.provinces), good, year)
    least, least_coverage = _first(counties, min(counties.values(), default=None))
    greatest, greatest_coverage = _first(counties, max(counties.values(), default=None))
    worst, worst_coverage = _first(provinces, min(provinces.values(), default=None))
    best, best_coverage = _first(provinces, max(provinces.values(), default=None))
    return Equity(
        year=year,
        good=good,
        coverage=nation,
        gini=gini((instance.counties[county].population, covered) for county, covered in counties.items()),
        least_county=least,
        least_county_coverage=least_coverage,
        least_counties=sum(covered <= (least_coverage or 0.0) + ALIKE for covered in counties.values()),
        greatest_county=greatest,
        greatest_county_coverage=greatest_coverage,
        least_province=worst,
        least_province_coverage=worst_coverage,
        greatest_province=best,
        greatest_province_coverage=best_coverage,
    )


def _of(
    covered: Mapping[tuple[str, str, int], float], places: tuple[str, ...], good: str, year: int
) -> dict[str, float]:
    """Coverage of the places that have any demand, in their order."""
    return {place: covered[place, good, year] for place in places if (place, good, year) in covered}


def _first(covered: Mapping[str, float], wanted: float | None) -> tuple[str | None, float | None]:
    """The first place with a coverage, and that coverage."""
    return next(_holding(covered, wanted), None), wanted


def _holding(covered: Mapping[str, float], wanted: float | None) -> Iterator[str]:
    return (place for place, found in covered.items() if wanted is not None and abs(found - wanted) <= ALIKE)
