"""Which county may send a good to which, how far that is, and what a tonne costs."""

import math
from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt

from inputs.case import Case
from inputs.problems import Cell, Problem
from inputs.sheets import Lane as LaneRow
from models.records import BuildOption, Lane

EARTH_RADIUS_KM = 6371.0088

Matrix = npt.NDArray[np.float64]


def great_circle(latitudes: Matrix, longitudes: Matrix) -> Matrix:
    """Great-circle distances in km between all pairs of places given in degrees (haversine formula); NaN stays NaN."""
    phi, theta = np.radians(latitudes), np.radians(longitudes)
    half = (
        np.sin((phi[:, None] - phi[None, :]) / 2) ** 2
        + np.cos(phi)[:, None] * np.cos(phi)[None, :] * np.sin((theta[:, None] - theta[None, :]) / 2) ** 2
    )
    distances: Matrix = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0)))
    return distances


class Distances:
    """Distances in km between counties: as listed in Lanes, or else great circle x detour factor; 0 to oneself."""

    def __init__(self, case: Case) -> None:
        self._lanes = case.explicit_lanes
        self._position = {code: position for position, code in enumerate(case.counties)}
        rows = [row.record for row in case.counties.values()]
        latitudes = np.array([math.nan if row.latitude is None else row.latitude for row in rows], dtype=np.float64)
        longitudes = np.array([math.nan if row.longitude is None else row.longitude for row in rows], dtype=np.float64)
        self._computed = (great_circle(latitudes, longitudes) * case.settings.detour_factor).tolist()

    def listed(self, origin: str, destination: str, good: str) -> LaneRow | None:
        """The row of Lanes for a shipment; what the good's own row leaves blank comes from the row for every good."""
        own = self._lanes.get((origin, destination, good))
        general = self._lanes.get((origin, destination, None))
        if own is None or general is None:
            found = own or general
            return found.record if found else None
        blank = [name for name in ("distance", "cost") if getattr(own.record, name) is None]
        return own.record.model_copy(update={name: getattr(general.record, name) for name in blank})

    def between(self, origin: str, destination: str, row: LaneRow | None) -> float:
        """Distance in km; NaN when it is neither listed nor can be computed."""
        if row is not None and row.distance is not None:
            return row.distance
        if origin == destination:
            return 0.0
        return float(self._computed[self._position[origin]][self._position[destination]])


def lanes(case: Case, options: Mapping[tuple[str, str], BuildOption]) -> dict[tuple[str, str, str], Lane]:
    """The lanes of a variant, by origin, destination and good.

    Every county supplies itself. Beyond that, a county where a scale's plant of a good can be built sends
    that good where the scale's rule (or the variant's) lets it. The cost of a tonne is the listed
    one, or distance x freight rate x the good's freight factor. A distance that is neither listed nor
    can be computed is 0; `check_coordinates` has made sure that it costs nothing and decides nothing.
    """
    distances = Distances(case)
    found: dict[tuple[str, str, str], Lane] = {}
    for origin, destination, good in _pairs(case, options, distances):
        row = distances.listed(origin, destination, good)
        distance = distances.between(origin, destination, row)
        distance = 0.0 if math.isnan(distance) else distance
        cost = row.cost if row is not None and row.cost is not None else distance * _freight(case, good)
        found[origin, destination, good] = Lane(distance, cost)
    return found


def _freight(case: Case, good: str) -> float:
    return case.settings.freight_rate * case.goods[good].record.freight_factor


def _pairs(
    case: Case, options: Mapping[tuple[str, str], BuildOption], distances: Distances
) -> Iterator[tuple[str, str, str]]:
    for county in case.counties:
        for good in case.goods:
            yield county, county, good
    for scale, good, origins in _origins(case, options):
        for origin in origins:
            for destination in case.counties:
                if destination != origin and _reaches(case, scale, origin, destination, good, distances):
                    yield origin, destination, good


def _origins(case: Case, options: Mapping[tuple[str, str], BuildOption]) -> Iterator[tuple[str, str, list[str]]]:
    """(scale, good, counties where a plant of that scale making that good can be built)."""
    origins: dict[tuple[str, str], dict[str, None]] = {}
    for county, code in options:
        design = case.designs[code].record
        origins.setdefault((design.scale, design.good), {})[county] = None
    for (scale, good), counties in origins.items():
        if case.lane_rule(scale) != "own county":
            yield scale, good, list(counties)


def _reaches(case: Case, scale: str, origin: str, destination: str, good: str, distances: Distances) -> bool:
    rule = case.lane_rule(scale)
    if rule == "own province":
        return case.counties[origin].record.province == case.counties[destination].record.province
    if rule == "listed":
        return distances.listed(origin, destination, good) is not None
    if rule == "radius":
        radius = case.all_scales[scale].record.radius
        row = distances.listed(origin, destination, good)
        return radius is not None and distances.between(origin, destination, row) <= radius
    return rule == "everywhere"


def check_coordinates(case: Case, options: Mapping[tuple[str, str], BuildOption]) -> list[Problem]:
    """Counties whose missing coordinates leave a needed distance unknown, one problem a county.

    A distance is needed when freight costs something and the lane has no listed cost, and when the
    scale's rule is a radius.
    """
    bare = {
        code
        for code, row in case.counties.items()
        if row.record.latitude is None or row.record.longitude is None
    }  # fmt: skip
    if not bare:
        return []
    distances = Distances(case)
    needed: dict[str, str] = {}
    for scale, good, origins in _origins(case, options):
        by_radius = case.lane_rule(scale) == "radius"
        for origin in origins:
            for destination in case.counties:
                ends = [code for code in (origin, destination) if code in bare]
                if not ends or origin == destination or all(code in needed for code in ends):
                    continue
                row = distances.listed(origin, destination, good)
                if row is not None and row.distance is not None:
                    continue
                priced = _freight(case, good) > 0 and (row is None or row.cost is None)
                if by_radius or (priced and _reaches(case, scale, origin, destination, good, distances)):
                    needed.update({code: f"{origin} to {destination}" for code in ends if code not in needed})
    return [_no_coordinates(case, code, needed[code]) for code in case.counties if code in needed]


def _no_coordinates(case: Case, code: str, lane: str) -> Problem:
    row = case.counties[code]
    name = "latitude" if row.record.latitude is None else "longitude"
    cell: Cell = row.cell(name)
    message = f"{name} of {code} is missing, and the distance from {lane} is needed"
    remedy = "Enter latitude and longitude, or list the distance in Lanes."
    return Problem(cell, "nothing", "degrees", remedy, message)
