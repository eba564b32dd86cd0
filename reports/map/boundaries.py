"""Boundaries of counties from a GeoJSON or TopoJSON file.

Which property of the file's features holds the county's code need not be said: it is the one (or the feature's `id`)
that names most counties of the problem.
"""

import json
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import shape as shape_of
from shapely.geometry.base import BaseGeometry

from reports.map.places import Boundaries

AREAS = ("Polygon", "MultiPolygon")
SHOWN = 5
"""Codes that a message names."""


class UnusableBoundaries(ValueError):
    """A file of boundaries cannot be used; the message says why and what to do."""


def read_boundaries(path: Path, counties: Collection[str]) -> Boundaries:
    """The areas of a file by code of the county, in degrees; counties that it lacks are left out.

    Raises `UnusableBoundaries` when the file is no GeoJSON or TopoJSON, when no feature names a county, or when
    coordinates are not in degrees.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UnusableBoundaries(f"'{path}' cannot be read: {error.strerror or error}") from error
    except ValueError as error:  # neither text nor JSON
        raise UnusableBoundaries(f"'{path}' is neither GeoJSON nor TopoJSON: {error}") from error
    try:
        features = list(_features(content))
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, shapely.errors.ShapelyError) as error:
        raise UnusableBoundaries(f"'{path}' is no valid GeoJSON or TopoJSON: {error}") from error
    if not features:
        raise UnusableBoundaries(f"'{path}' has no areas (features of type Polygon or MultiPolygon)")
    key = _key(features, counties)
    if key is None:
        known = ", ".join(sorted(counties)[:SHOWN])
        raise UnusableBoundaries(
            f"no feature of '{path}' names a county: one of its properties, or its id, must be the county's code in "
            f"the workbook (such as {known})"
        )
    found: dict[str, BaseGeometry] = {}
    for properties, area in features:
        code = str(properties.get(key))
        if code in counties:
            found[code] = area if code not in found else shapely.union_all([found[code], area])
    left, bottom, right, top = shapely.total_bounds(list(found.values()))
    if not (-360 <= left <= right <= 360 and -90 <= bottom <= top <= 90):
        raise UnusableBoundaries(
            f"the coordinates of '{path}' are not degrees of longitude and latitude (WGS 84); convert it first"
        )
    return found


def _key(features: list[tuple[dict[str, Any], BaseGeometry]], counties: Collection[str]) -> str | None:
    """The property that names most counties."""
    matches: dict[str, set[str]] = {}
    for properties, _ in features:
        for name, value in properties.items():
            if isinstance(value, (str, int)) and str(value) in counties:
                matches.setdefault(name, set()).add(str(value))
    return max(matches, key=lambda name: len(matches[name]), default=None)


def _features(content: Any) -> Iterator[tuple[dict[str, Any], BaseGeometry]]:
    """(properties, area) of every feature that is an area; the feature's `id` is among its properties."""
    kind = content.get("type")
    if kind == "Topology":
        yield from _of_topology(content)
        return
    if kind not in ("FeatureCollection", "Feature"):
        raise ValueError(f"its type is {kind!r}, not FeatureCollection or Topology")
    for feature in content["features"] if kind == "FeatureCollection" else [content]:
        geometry = feature.get("geometry")
        if geometry is not None and geometry.get("type") in AREAS:
            yield _properties(feature), _valid(geometry)


def _of_topology(content: Any) -> Iterator[tuple[dict[str, Any], BaseGeometry]]:
    """Features of a TopoJSON file, whose areas are lists of arcs that neighbours share."""
    arcs = _arcs(content)

    def ring(numbers: list[int]) -> list[tuple[float, float]]:
        corners: list[tuple[float, float]] = []
        for number in numbers:
            arc = arcs[number] if number >= 0 else arcs[~number][::-1]
            corners += arc[1:] if corners else arc
        return corners

    for group in content["objects"].values():
        for entry in group.get("geometries", [group]):
            if entry.get("type") in AREAS:
                polygons = [entry["arcs"]] if entry["type"] == "Polygon" else entry["arcs"]
                corners = [[ring(numbers) for numbers in rings] for rings in polygons]
                yield _properties(entry), _valid({"type": "MultiPolygon", "coordinates": corners})


def _arcs(content: Any) -> list[list[tuple[float, float]]]:
    """Arcs of a TopoJSON file in degrees."""
    transform = content.get("transform")
    if transform is None:
        return [[(float(x), float(y)) for x, y, *_ in arc] for arc in content["arcs"]]
    (across, up), (left, bottom) = transform["scale"], transform["translate"]
    found = []
    for arc in content["arcs"]:
        x = y = 0
        corners = []
        for step_x, step_y, *_ in arc:
            x, y = x + step_x, y + step_y
            corners.append((x * across + left, y * up + bottom))
        found.append(corners)
    return found


def _properties(feature: Any) -> dict[str, Any]:
    own = {"id": feature["id"]} if "id" in feature else {}
    return {**own, **(feature.get("properties") or {})}


def _valid(geometry: Any) -> BaseGeometry:
    area: BaseGeometry = shapely.make_valid(shape_of(geometry))
    return shapely.force_2d(area)
