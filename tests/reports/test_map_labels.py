"""Names on maps: clear of each other, of markers and of the edges, and always in the same places."""

from itertools import combinations
from random import Random

import pytest

from reports.map.labels import LONGEST, Box, Circle, name_box, placed_names, shown_name


def test_names_at_one_place_move_apart() -> None:
    names = {code: f"Province {code}" for code in "abcd"}
    places = placed_names(names, dict.fromkeys(names, (300.0, 300.0)), [], 600, 600)
    boxes = [name_box(names[code], place) for code, place in places.items()]
    assert all(one.shared(other) == 0 for one, other in combinations(boxes, 2))


def test_a_name_alone_stays_where_it_is() -> None:
    assert placed_names({"a": "Alone"}, {"a": (300.0, 300.0)}, [], 600, 600) == {"a": (300.0, 300.0)}


def test_a_name_keeps_off_a_marker() -> None:
    mark = Circle(300.0, 296.0, 9.0)
    (place,) = placed_names({"a": "North"}, {"a": (300.0, 300.0)}, [mark], 600, 600).values()
    around = Box(mark.x - mark.radius, mark.y - mark.radius, mark.x + mark.radius, mark.y + mark.radius)
    assert name_box("North", place).shared(around) == 0
    assert place != (300.0, 300.0)


@pytest.mark.parametrize("corner", [(2.0, 2.0), (598.0, 2.0), (2.0, 598.0), (598.0, 598.0)])
def test_a_name_stays_on_the_map(corner: tuple[float, float]) -> None:
    (place,) = placed_names({"a": "North"}, {"a": corner}, [], 600, 600).values()
    box = name_box("North", place)
    assert -0.1 <= box.left < box.right <= 600.1  # places are rounded to a tenth
    assert -0.1 <= box.top < box.bottom <= 600.1


def test_crowded_names_overlap_less_than_where_they_began_and_the_same_each_time() -> None:
    draw = Random(1)
    names = {f"p{k}": f"Province number {k}" for k in range(12)}
    own = {code: (draw.uniform(100, 300), draw.uniform(100, 300)) for code in names}
    marks = [Circle(draw.uniform(50, 350), draw.uniform(50, 350), 6.0) for _ in range(40)]

    def shared(places: dict[str, tuple[float, float]]) -> float:
        boxes = [name_box(names[code], place) for code, place in places.items()]
        return sum(one.shared(other) for one, other in combinations(boxes, 2))

    found = dict(placed_names(names, own, marks, 400, 400))
    assert shared(found) < 0.1 * shared(own)
    assert found == placed_names(names, own, marks, 400, 400)


def test_a_long_name_is_cut() -> None:
    assert shown_name("North") == "North"
    assert len(shown_name("x" * 240)) == LONGEST
    assert shown_name("x" * 240).endswith("…")
    wide = name_box("省省", (0.0, 0.0))
    assert wide.right - wide.left == 2 * 17
