"""Where things lie on a map: counties as areas and points, outlines of provinces, in units of the drawing.

Coordinates are projected so that distances near the middle of the map are true: longitude is shrunk by the cosine of
the middle latitude (an equirectangular projection). Without boundaries a county's area is what lies nearer to its point
than to any other county's (its Voronoi cell), cut off where no county is near: a picture of who is whose neighbour, not
of where borders run.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

import shapely
from numpy import float64
from numpy.typing import NDArray
from shapely.geometry import MultiPoint, Point, Polygon
from shapely.geometry.base import BaseGeometry

from models.instance import Instance

SIZE = 1000.0
"""The longer side of a map, in units of the drawing."""
MARGIN = 12.0
"""Room around what is drawn."""
REACH = 0.8
"""How far the outermost areas reach, as a multiple of the typical distance to the nearest neighbours."""
NEIGHBOURS = 3
"""How many nearest neighbours give the typical distance."""
SMOOTH = 0.6
"""Detail, in units of the drawing, that boundaries lose so that the report stays small."""
DOT = 7.0
"""Radius of a county that has a point and no boundary, in units of the drawing."""
APART = 1e-4
"""Degrees by which counties at one place are moved apart, so that each has an area."""

Shape = TypeVar("Shape", bound=BaseGeometry)

Boundaries = Mapping[str, BaseGeometry]
"""Areas by code of the county, in degrees of longitude and latitude."""


@dataclass(frozen=True)
class Places:
    """A map without colours: `areas` and `points` by county, `outlines` by province; `missing` counties have no place.

    `surveyed`: areas are boundaries that were given, rather than drawn from points.
    """

    width: float
    height: float
    areas: Mapping[str, str]
    points: Mapping[str, tuple[float, float]]
    outlines: Mapping[str, str]
    labels: Mapping[str, tuple[float, float]]
    missing: tuple[str, ...]
    surveyed: bool


def places_of(instance: Instance, boundaries: Boundaries | None = None) -> Places | None:
    """The map of a problem; None where no county has a place."""
    known = {
        county.code: (county.longitude, county.latitude)
        for county in instance.counties.values()
        if county.longitude is not None and county.latitude is not None
    }
    given = {code: shape for code, shape in (boundaries or {}).items() if code in instance.counties}
    for code, shape in given.items():
        if code not in known:
            middle = shape.representative_point()
            known[code] = (middle.x, middle.y)
    if not known:
        return None
    turn = _turn([longitude for longitude, _ in known.values()])
    degrees = _apart({code: ((longitude - turn) % 360 + turn, lat) for code, (longitude, lat) in known.items()})
    shrink = math.cos(math.radians(_middle([latitude for _, latitude in degrees.values()])))
    points = {code: Point(longitude * shrink, -latitude) for code, (longitude, latitude) in degrees.items()}
    if given:
        flat = {code: _flat(shape, turn, shrink) for code, shape in given.items()}
        areas: dict[str, BaseGeometry] = flat
    else:
        areas = _nearest(points)
    left, top, right, bottom = shapely.total_bounds([*areas.values(), *points.values()])
    scale = SIZE / max(right - left, bottom - top, 1e-9)

    def fit(shape: Shape) -> Shape:
        moved: Shape = shapely.transform(shape, lambda xy: (xy - (left, top)) * scale + MARGIN)
        return moved

    areas = dict(zip(areas, _simple([fit(shape) for shape in areas.values()]), strict=True))
    points = {code: fit(point) for code, point in points.items()}
    outlines = _outlines(instance, areas)
    areas |= {code: point.buffer(DOT) for code, point in points.items() if code not in areas}
    return Places(
        width=round((right - left) * scale + 2 * MARGIN, 1),
        height=round((bottom - top) * scale + 2 * MARGIN, 1),
        areas={code: path(shape) for code, shape in areas.items()},
        points={code: (round(point.x, 1), round(point.y, 1)) for code, point in points.items()},
        outlines={code: path(shape) for code, shape in outlines.items()},
        labels={
            code: (round(middle.x, 1), round(middle.y, 1))
            for code, shape in outlines.items()
            for middle in (_inside(shape),)
        },
        missing=tuple(code for code in instance.counties if code not in points),
        surveyed=bool(given),
    )


def path(shape: BaseGeometry) -> str:
    """A shape as the `d` of an SVG path, to a tenth of a unit."""
    parts = []
    for polygon in shapely.get_parts(shape):
        if polygon.geom_type != "Polygon" or polygon.is_empty:
            continue
        for ring in (polygon.exterior, *polygon.interiors):
            corners = [f"{x:.1f},{y:.1f}" for x, y in list(ring.coords)[:-1]]
            parts.append(f"M{'L'.join(corners)}Z")
    return "".join(parts).replace(".0,", ",").replace(".0L", "L").replace(".0Z", "Z")


def _inside(shape: BaseGeometry) -> Point:
    """The middle of a shape or, where that lies outside of it, some place inside."""
    middle: Point = shape.centroid
    return middle if shape.contains(middle) else shape.representative_point()


def _middle(values: list[float]) -> float:
    return (min(values) + max(values)) / 2


def _turn(longitudes: list[float]) -> float:
    """The longitude from which the map runs east: after the widest gap, so that no country is cut at 180 degrees."""
    ordered = sorted(longitude % 360 for longitude in longitudes)
    gaps = [((after - before) % 360, after) for before, after in zip(ordered[-1:] + ordered[:-1], ordered, strict=True)]
    start = max(gaps)[1]
    return start - 1e-6 - (360 if start > 180 else 0)


def _apart(degrees: Mapping[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """The same places, with counties that share one moved apart on a small ring around it."""
    seen: dict[tuple[float, float], int] = {}
    moved: dict[str, tuple[float, float]] = {}
    for code, place in degrees.items():
        turn = seen.get(place, 0)
        seen[place] = turn + 1
        radius = APART * turn
        moved[code] = (place[0] + radius * math.cos(2.4 * turn), place[1] + radius * math.sin(2.4 * turn))
    return moved


def _flat(shape: BaseGeometry, turn: float, shrink: float) -> BaseGeometry:
    """An area in projected units; corners west of the turn come after the rest."""

    def project(xy: NDArray[float64]) -> NDArray[float64]:
        moved = xy.copy()
        moved[:, 0] = ((xy[:, 0] - turn + 180) % 360 + turn - 180) * shrink
        moved[:, 1] = -xy[:, 1]
        return moved

    return shapely.make_valid(shapely.transform(shape, project))


def _nearest(points: Mapping[str, Point]) -> dict[str, BaseGeometry]:
    """What lies nearer to each point than to any other, within reach of some point."""
    places = list(points.values())
    if len(places) == 1:
        return {code: point.buffer(1.0) for code, point in points.items()}
    reach = REACH * _typical_distance(places) or APART
    closed = MultiPoint(places).buffer(2 * reach).buffer(-reach)
    land = shapely.union_all([Polygon(part.exterior) for part in shapely.get_parts(closed)])  # without holes
    cells = shapely.voronoi_polygons(MultiPoint(places), extend_to=land, ordered=True)
    return {code: cell.intersection(land) for code, cell in zip(points, shapely.get_parts(cells), strict=True)}


def _typical_distance(places: list[Point]) -> float:
    """The greater of the median distance to the nearest neighbours and a twenty-fifth of the extent."""
    distances = []
    for place in places:
        others = sorted(place.distance(other) for other in places)
        near = others[1 : NEIGHBOURS + 1]
        distances.append(sum(near) / len(near))
    left, top, right, bottom = shapely.total_bounds(places)
    return max(sorted(distances)[len(distances) // 2], float(max(right - left, bottom - top)) / 25)


def _simple(shapes: list[BaseGeometry]) -> list[BaseGeometry]:
    """Shapes with less detail, neighbours still fitting together."""
    return list(shapely.coverage_simplify(shapes, SMOOTH))


def _outlines(instance: Instance, areas: Mapping[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    """The outline of each province around the areas of its counties."""
    found = {}
    for province, counties in instance.counties_of.items():
        inside = [areas[county] for county in counties if county in areas]
        if inside:
            found[province] = shapely.union_all([shape.buffer(0.2) for shape in inside])
    return found
