"""The maps of a comparison's page: a county's plants by scale, variant by variant, and what its script needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models.measures.supply import ALL_GOODS
from models.records import County
from reports.charts.comparison.sides import missing, with_plan
from reports.charts.panels import BANDS
from reports.charts.picture import good_names, province_names, scale_names
from reports.charts.style import PAGE
from reports.choices import joining, starting
from reports.comparison import Compared, Comparison
from reports.comparison.changes import changed_places
from reports.comparison.measured import county_coverage, its_plan
from reports.map.places import Boundaries, places_of
from reports.map.side_by_side import maps_side_by_side

PREFIX = "side-"
"""How ids of areas begin."""


@dataclass(frozen=True)
class ComparisonMap:
    """Maps side by side: `drawings` has (variant, name, map); `scales` (rank, name) of those built; `left` names the
    variants that are not shown, in a sentence. `data` is what the script needs."""

    drawings: tuple[tuple[str, str, str], ...]
    years: tuple[int, ...]
    scales: tuple[tuple[int, str], ...]
    goods: tuple[str, ...]
    bands: tuple[str, ...]
    surveyed: bool
    lacking: tuple[str, ...]
    left: str
    names: tuple[str, ...]
    data: dict[str, Any]


def comparison_map(comparison: Comparison, boundaries: Boundaries | None = None) -> ComparisonMap | None:
    """The maps of the variants that have a plan and the counties, goods and years of the base; None where no county has
    a place, or nothing is to be shown."""
    known = comparison.base.instance
    shown = [
        one
        for one in with_plan(comparison)
        if (list(one.instance.counties), list(one.instance.goods), one.instance.years)
        == (list(known.counties), list(known.goods), known.years)
    ]
    places = places_of(known, boundaries)
    if places is None or not shown:
        return None
    scales: dict[str, str] = {}
    for one in shown:
        scales |= scale_names(one.instance)
    ranks = {code: rank for rank, code in enumerate(scales)}
    sources: list[str] = []
    variants = [_variant(one, ranks) for one in shown]
    changed = _changed(comparison, sources)
    for one, told in zip(shown, variants, strict=True):
        told["changed"] = changed.get(one.variant, {})
    colours = {
        one.variant: {code: _colour(told, rank, known.last_year) for rank, code in enumerate(known.counties)}
        for one, told in zip(shown, variants, strict=True)
    }
    drawn = maps_side_by_side(known, places, colours, PREFIX)
    others = [one.variant for one in with_plan(comparison) if one not in shown]
    left = f" Not shown, since counties, goods or years are others: {', '.join(others)}." if others else ""
    built = sorted({scale for told in variants for county in told["built"] for _, scale, _, _ in county})
    names = _names(tuple(known.counties.values()), province_names(known))
    return ComparisonMap(
        drawings=tuple((one.variant, one.name if one.name != one.variant else "", drawn[one.variant]) for one in shown),
        years=known.years,
        scales=tuple((rank, list(scales.values())[rank]) for rank in built),
        goods=tuple(good_names(known).values()),
        bands=BANDS,
        surveyed=places.surveyed,
        lacking=tuple(known.counties[code].name for code in places.missing),
        left=f"{left}{missing(comparison)}",
        names=names,
        data={
            "years": list(known.years),
            "goods": list(good_names(known).values()),
            "scales": list(scales.values()),
            "sources": sources,
            "bands": len(BANDS),
            "base": comparison.base_code,
            "prefix": PREFIX,
            "counties": list(names),
            "placed": [code in places.points for code in known.counties],
            "variants": variants,
        },
    )


def _names(counties: Sequence[County], provinces: Mapping[str, str]) -> tuple[str, ...]:
    """Names to look counties up by: with the province, and with the code where that is not enough."""
    names = [f"{county.name}, {provinces[county.province]}" for county in counties]
    return tuple(
        name if names.count(name) == 1 else f"{name} ({county.code})"
        for name, county in zip(names, counties, strict=True)
    )


def _variant(one: Compared, ranks: Mapping[str, int]) -> dict[str, Any]:
    """A variant for the script: by county the year of joining, plants (year, scale, good, count), coverage by year."""
    instance, plan = one.instance, its_plan(one)
    joins = dict(joining(instance, plan))
    goods = {code: rank for rank, code in enumerate(instance.goods)}
    built: dict[str, list[tuple[int, int, int, float]]] = {county: [] for county in instance.counties}
    for county, code, year, count in starting(instance, plan):
        design = instance.designs[code]
        built[county].append((year, ranks[design.scale], goods[design.good], round(count, 3)))
    covered = county_coverage(one)
    return {
        "code": one.variant,
        "joins": [joins.get(county) for county in instance.counties],
        "built": [built[county] for county in instance.counties],
        "coverage": [
            [_rounded(covered.get((county, ALL_GOODS, year))) for year in instance.years]
            for county in instance.counties
        ],
    }


def _rounded(part: float | None) -> float | None:
    return None if part is None else round(part, 3)


def _changed(comparison: Comparison, sources: list[str]) -> dict[str, dict[int, list[tuple[int, int, int]]]]:
    """By variant and county (good, main source in the base, main source in the variant), with ranks among `sources`."""
    known = comparison.base.instance
    counties = {code: rank for rank, code in enumerate(known.counties)}
    goods = {code: rank for rank, code in enumerate(known.goods)}
    places: dict[str, int] = {}

    def rank(source: object) -> int:
        name = str(source)
        if name not in places:
            places[name] = len(sources)
            sources.append(name)
        return places[name]

    found: dict[str, dict[int, list[tuple[int, int, int]]]] = {}
    for row in changed_places(comparison):
        county = counties[str(row["county"])]
        change = (goods[str(row["good"])], rank(row["source_before"]), rank(row["source"]))
        found.setdefault(str(row["variant"]), {}).setdefault(county, []).append(change)
    return found


def _colour(told: Mapping[str, Any], county: int, year: int) -> str:
    """The colour of a county before the script runs: by the scales of its plants in the last year."""
    scales = {scale for start, scale, _, _ in told["built"][county] if start <= year}
    if len(scales) > 1:
        return PAGE.series[1]
    if scales:
        return PAGE.scale(next(iter(scales)))
    joins = told["joins"][county]
    return PAGE.waiting if joins is None or joins > year else PAGE.joined
