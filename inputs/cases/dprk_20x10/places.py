"""What is known of a county's place: its people, its ground, how far it is from another."""

import math
from collections.abc import Mapping

from inputs.cases.dprk_20x10.plain import assumed

CAPITAL = "pyongyang"
EARTH_RADIUS = 6371.0


def distance(origin: Mapping[str, str], destination: Mapping[str, str]) -> float:
    """Great-circle distance between two counties in km."""
    south, north = (math.radians(float(place["latitude"])) for place in (origin, destination))
    east = math.radians(float(destination["longitude"]) - float(origin["longitude"]))
    chord = math.sin((north - south) / 2) ** 2 + math.cos(south) * math.cos(north) * math.sin(east / 2) ** 2
    return 2 * EARTH_RADIUS * math.asin(math.sqrt(chord))


def people(county: Mapping[str, str]) -> tuple[float, float, float]:
    """All, urban and rural people of a county."""
    everyone, urban = float(county["population_2008"]), float(county["urban_2008"])
    return everyone, urban, everyone - urban


def density(county: Mapping[str, str]) -> float | None:
    """People per km2; None where the area is unknown."""
    return float(county["population_2008"]) / float(county["area_km2"]) if county["area_km2"] else None


def relief(county: Mapping[str, str]) -> str:
    """`plain`, `hill` or `mountain`, told by people per km2; `hill` where the area is unknown."""
    found = density(county)
    if found is None:
        return "hill"
    if found > assumed("relief_plain"):
        return "plain"
    return "mountain" if found < assumed("relief_mountain") else "hill"
