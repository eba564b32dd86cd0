"""The map of a page: drawings, and what its script needs to show another year or one county."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from models.instance import Instance
from models.plan import Plan
from reports.charts.panels import BANDS
from reports.charts.picture import province_names
from reports.map.content import MapContent, Site, map_content
from reports.map.drawing import map_of_year, small_maps
from reports.map.places import Boundaries, Places, places_of


@dataclass(frozen=True)
class MapPart:
    """The map on the page. `data` is what the script needs, `captions` say what each year comes to."""

    drawing: str
    small: tuple[tuple[int, str], ...]
    years: tuple[int, ...]
    captions: tuple[str, ...]
    scales: tuple[tuple[int, str], ...]
    goods: tuple[tuple[int, str], ...]
    bands: tuple[str, ...]
    reading: str
    missing: tuple[str, ...]
    names: tuple[str, ...]
    data: dict[str, Any]


def map_part(
    instance: Instance, plan: Plan, boundaries: Boundaries | None, reading: Callable[[bool], str]
) -> MapPart | None:
    """The map of a plan; None where no county has a place."""
    places = places_of(instance, boundaries)
    if places is None:
        return None
    content = map_content(instance, plan)
    flowing = sorted({good for good, _ in content.flows})
    captions = tuple(_caption(content, year) for year in content.years)
    names = _names(content)
    return MapPart(
        drawing=map_of_year(content, places, content.years[-1], province_names(instance)),
        small=tuple(small_maps(content, places)),
        years=content.years,
        captions=captions,
        scales=tuple((rank, content.scales[rank]) for rank in _built_scales(content)),
        goods=tuple((rank, content.goods[rank]) for rank in flowing),
        bands=BANDS,
        reading=reading(places.surveyed),
        missing=tuple(instance.counties[code].name for code in places.missing),
        names=names,
        data={
            "years": list(content.years),
            "captions": list(captions),
            "counties": [_county(site, name, places) for site, name in zip(content.sites, names, strict=True)],
            "bands": len(BANDS),
        },
    )


def _built_scales(content: MapContent) -> list[int]:
    return sorted({built.scale for site in content.sites for built in site.built})


def _caption(content: MapContent, year: int) -> str:
    joined, joining = content.shares_joined(year)
    started = sum(built.count for site in content.sites for built in site.built if built.year <= year)
    verb = "county joins" if joining == 1 else "counties join"
    return (
        f"{year}: {joining:,} {verb}, {joined:,} of {len(content.sites):,} have joined by the end of the year; "
        f"{started:,.0f} plants have been started."
    )


def _names(content: MapContent) -> tuple[str, ...]:
    """Names to look counties up by: with the province, and with the code where that is not enough."""
    names = [f"{site.name}, {site.province}" for site in content.sites]
    return tuple(
        name if names.count(name) == 1 else f"{name} ({site.code})"
        for name, site in zip(names, content.sites, strict=True)
    )


def _county(site: Site, name: str, places: Places) -> dict[str, Any]:
    return {
        "name": name,
        "local": site.local_name,
        "people": round(site.population),
        "joins": site.joins,
        "decided": site.decided,
        "built": [[built.year, f"{built.count:g} × {built.design}"] for built in site.built],
        "coverage": [None if share is None else round(share, 4) for share in site.coverage],
        "placed": site.code in places.points,
    }
