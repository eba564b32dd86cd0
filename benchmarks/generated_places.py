"""Where the people of a generated instance live: provinces as clusters of counties around a seat.

The figures are those of the shipped case: the mean and spread of the logarithm of its counties' people, its counties'
area, and how far its counties lie from the seat of their province.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

LOG_MEAN, LOG_SPREAD = 11.44, 0.69
"""Mean and standard deviation of the natural logarithm of a county's people: a median of 93,000."""

SEAT_PEOPLE = 2.0
"""Times that the seat of a province, its most populous county, is raised above what was drawn for it."""

CAPITAL_PEOPLE = 3.0
"""Times that the capital, the most populous seat, is raised once more."""

AREA = 660.0
"""Square kilometres a county."""

ROAD = 1.4
"""Kilometres by road for each as the crow flies."""

DEGREE = 111.2
"""Kilometres a degree of latitude."""

SOUTH_WEST = (36.0, 100.0)
"""Latitude and longitude of the corner of the country: the middle of a continent, where no such country is."""

LEAST_SHARE = 0.3
"""Fewest counties of a province, as a share of what all would have if they had the same number."""


@dataclass(frozen=True)
class Place:
    """A county: `urban` is the share of its people who live in towns, `x` and `y` are km east and north."""

    code: str
    province: str
    seat: bool
    people: float
    urban: float
    x: float
    y: float

    @property
    def latitude(self) -> float:
        """Degrees north."""
        return round(SOUTH_WEST[0] + self.y / DEGREE, 4)

    @property
    def longitude(self) -> float:
        """Degrees east."""
        return round(SOUTH_WEST[1] + self.x / (DEGREE * math.cos(math.radians(SOUTH_WEST[0]))), 4)

    def distance(self, other: "Place") -> float:
        """Kilometres by road to another place."""
        return round(ROAD * math.hypot(self.x - other.x, self.y - other.y), 1)


def places(counties: int, provinces: int, draw: np.random.Generator) -> tuple[Place, ...]:
    """The counties of a country, province by province, the most populous of each first.

    Raises `ValueError` where provinces outnumber counties.
    """
    if not 1 <= provinces <= counties:
        raise ValueError(f"{counties} counties cannot make {provinces} provinces")
    side = math.sqrt(AREA * counties)
    centres = _apart(provinces, side, draw)
    spread = side / math.sqrt(provinces) / 2.5
    found: list[Place] = []
    for number, members in enumerate(_members(counties, provinces, draw)):
        people = np.sort(draw.lognormal(LOG_MEAN, LOG_SPREAD, members))[::-1].copy()
        people[0] *= SEAT_PEOPLE
        ground = draw.normal(centres[number], spread, (members, 2))
        ground[0] = centres[number]
        urban = np.clip(draw.normal(0.35 + 0.1 * np.log(people / math.exp(LOG_MEAN)), 0.15), 0.05, 0.95)
        for place in range(members):
            found.append(
                Place(
                    code=f"c{len(found) + 1:04d}",
                    province=f"p{number + 1:03d}",
                    seat=place == 0,
                    people=float(round(people[place])),
                    urban=float(max(0.6, urban[place]) if place == 0 else urban[place]),
                    x=float(ground[place][0]),
                    y=float(ground[place][1]),
                )
            )
    return _with_capital(found)


def capital_of(country: Sequence[Place]) -> Place:
    """The most populous seat of a province."""
    return max((place for place in country if place.seat), key=lambda place: place.people)


def _with_capital(country: Sequence[Place]) -> tuple[Place, ...]:
    capital = capital_of(country)
    grown = Place(
        capital.code, capital.province, True, CAPITAL_PEOPLE * capital.people, 0.9, capital.x, capital.y
    )  # fmt: skip
    return tuple(grown if place is capital else place for place in country)


def _apart(number: int, side: float, draw: np.random.Generator) -> np.ndarray:
    """Centres of provinces: of ten points drawn for each, the one farthest from those before."""
    centres = draw.uniform(0, side, (1, 2))
    while len(centres) < number:
        offered = draw.uniform(0, side, (10, 2))
        nearest = np.min(np.linalg.norm(offered[:, None] - centres[None], axis=2), axis=1)
        centres = np.vstack([centres, offered[np.argmax(nearest)]])
    return centres


def _members(counties: int, provinces: int, draw: np.random.Generator) -> list[int]:
    """Counties of each province: some have few, as capitals and ports have, others many; at least one."""
    least = max(1, int(LEAST_SHARE * counties / provinces))
    weights = draw.uniform(0.3, 1.7, provinces)
    more = draw.multinomial(counties - least * provinces, weights / weights.sum())
    return [least + int(number) for number in more]
