"""Where names go on a map: near what they name, clear of each other, of markers and of the edges.

Each name has some places to choose from around its own; names take turns in choosing the one that is least in the way,
given where the others stand, until none moves. The same map always gets the same places.
"""

import math
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

SIZE = 17.0
"""Height of a name's letters, in units of the drawing."""

LONGEST = 26
"""Characters of a name that are shown."""

WIDE, NARROW = 1.0, 0.58
"""Width of a letter relative to its height: of eastern Asia, and of others in bold type."""

ROUND = tuple(math.pi * step / 6 for step in range(12))
RINGS = (0.0, 14.0, 26.0, 40.0, 58.0, 80.0)
"""Directions and distances, in units of the drawing, at which a name may stand from its own place."""

ON_NAME, ON_MARK, AWAY = 20.0, 3.0, 4.0
"""How much worse a place is for each unit of area on another name and on a marker, and for each unit of distance from
its own."""

TURNS = 6
"""Times that every name may choose."""

Point = tuple[float, float]


class Circle(NamedTuple):
    """A marker: its middle and radius."""

    x: float
    y: float
    radius: float


class Box(NamedTuple):
    """A rectangle by its sides."""

    left: float
    top: float
    right: float
    bottom: float

    def shared(self, other: "Box") -> float:
        """Area that both cover."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across * down if across > 0 and down > 0 else 0.0


def shown_name(name: str) -> str:
    """A name as the map shows it: a long one is cut."""
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"


def name_box(name: str, place: Point) -> Box:
    """What a name covers whose foot has its middle at a place."""
    width = SIZE * sum(WIDE if unicodedata.east_asian_width(letter) in "WF" else NARROW for letter in shown_name(name))
    x, y = place
    return Box(x - width / 2, y - 0.8 * SIZE, x + width / 2, y + 0.25 * SIZE)


def placed_names(
    names: Mapping[str, str], own: Mapping[str, Point], marks: Collection[Circle], width: float, height: float
) -> Mapping[str, Point]:
    """The middle of each name's foot, by the key under which `names` has it and `own` the place that it names."""
    near = {
        key: [mark for mark in marks if math.dist((mark.x, mark.y), start) <= _reach(names[key]) + mark.radius]
        for key, start in own.items()
    }
    places = {key: _on_map(names[key], start, width, height) for key, start in own.items()}
    boxes = {key: name_box(names[key], place) for key, place in places.items()}
    for _ in range(TURNS):
        moved = False
        for key, start in own.items():
            others = [box for other, box in boxes.items() if other != key]

            def worse(place: Point, key: str = key, start: Point = start, others: list[Box] = others) -> float:
                return _worse(name_box(names[key], place), math.dist(place, start), others, near[key])

            best = min((_on_map(names[key], place, width, height) for place in _around(start)), key=worse)
            if worse(best) < worse(places[key]) - 1e-9:
                places[key], boxes[key], moved = best, name_box(names[key], best), True
        if not moved:
            break
    return places


def _reach(name: str) -> float:
    """How far from its own place a name may cover anything."""
    box = name_box(name, (0.0, 0.0))
    return RINGS[-1] + math.hypot(box.right, box.top)


def _around(place: Point) -> Iterator[Point]:
    """Places about one, the nearest first."""
    for ring in RINGS:
        for turn in ROUND if ring else (0.0,):
            yield round(place[0] + ring * math.cos(turn), 1), round(place[1] + ring * math.sin(turn), 1)


def _on_map(name: str, place: Point, width: float, height: float) -> Point:
    """The place, moved so that the name lies on the map as far as it fits."""
    box = name_box(name, place)
    across = max(0.0, -box.left) + min(0.0, width - box.right)
    down = max(0.0, -box.top) + min(0.0, height - box.bottom)
    return round(place[0] + across, 1), round(place[1] + down, 1)


def _worse(box: Box, away: float, others: Collection[Box], marks: Collection[Circle]) -> float:
    on_names = sum(box.shared(other) for other in others)
    on_marks = sum(
        box.shared(Box(mark.x - mark.radius, mark.y - mark.radius, mark.x + mark.radius, mark.y + mark.radius))
        for mark in marks
    )
    return ON_NAME * on_names + ON_MARK * on_marks + AWAY * away
