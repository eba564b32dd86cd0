"""`dispersion_cap`: no province holds more than a share of the nation's new capacity of a good."""

import pytest

from models.records import ExistingPlant
from tests.models.evaluation import judge, optimum, rows_of
from tests.models.golden_files import rendered, stored
from tests.models.small_instance import changed, with_entries, with_option, with_policy, without_entries
from tests.models.tiny_instance import a_plan, design, divided_instance, option

# A mill of 10 t in alder and one of 6 in cedar, and 4 t more by modernising alder's old one; looms in alder and cedar.
# No province may have more than 0.7 of it.
PLAIN = without_entries(
    divided_instance("alder", "cedar", southern="cedar", years=2, goods=["food", "cloth"]), "options", ("cedar", "loom")
)
EXAMPLE = with_policy(
    with_option(
        with_entries(
            with_entries(
                with_entries(PLAIN, "designs", {"new": design("new", "food", modernisation=True)}),
                "options",
                {("alder", "new"): option(capacity=4)},
            ),
            "existing",
            {("alder", "food"): ExistingPlant(4, 1, 0)},
        ),
        "cedar",
        "mill",
        capacity=6,
        max_plants=2,
    ),
    dispersion_cap=0.7,
)
# 14 t in the north and 6 in the south, in whatever year they are begun; no cloth at all.
PLAN = a_plan(
    start={("alder", "mill", 2028): 1, ("alder", "new", 2028): 1, ("cedar", "mill", 2027): 1},
)


def test_golden() -> None:
    assert rendered("dispersion_cap", EXAMPLE) == stored("dispersion_cap")


def test_obeys() -> None:
    assert judge("dispersion_cap", EXAMPLE, PLAN) == ([], [])


def test_breaks_by_too_large_a_share() -> None:
    # Now 14 of 20 t are 0.7, but 0.69 is the most; 12 of 12 t in the south.
    less = with_policy(EXAMPLE, dispersion_cap=0.69)
    assert judge("dispersion_cap", less, PLAN) == (["dispersion_cap.north.food"], [("north", "food")])
    south = changed(
        PLAN, start={("alder", "mill", 2028): None, ("alder", "new", 2028): None, ("cedar", "mill", 2027): 2}
    )
    assert judge("dispersion_cap", EXAMPLE, south) == (["dispersion_cap.south.food"], [("south", "food")])


def test_breaks_where_only_one_province_can_build() -> None:
    cloth = changed(PLAN, start={("alder", "loom", 2027): 1})
    assert judge("dispersion_cap", EXAMPLE, cloth) == (["dispersion_cap.north.cloth"], [("north", "cloth")])


def test_no_row_where_one_province_may_have_all() -> None:
    assert rows_of("dispersion_cap", with_policy(EXAMPLE, dispersion_cap=1)) == []


@pytest.mark.parametrize(("cap", "cost"), [(0.5, 200), (0.6, 200), (2 / 3, 140), (1, 130)])
def test_effect(cap: float, cost: float) -> None:
    # A mill of 10 t for 30 in the north; in the south one of 5 t for 60, more than to import these. Together they are
    # within two thirds, 30 + 60 + 50; else there may be none.
    two = with_option(divided_instance("alder", "birch", southern="birch"), "birch", "mill", capacity=5, investment=60)
    spread = with_policy(two, dispersion_cap=cap)
    assert optimum(spread) == pytest.approx(cost)
    assert optimum(spread, without="dispersion_cap") == pytest.approx(130)


def test_effect_on_the_number_of_plants() -> None:
    # Mills of 5 t for 20, two in the north and one in the south are enough for all that is wanted, 60. With a cap of a
    # half the south has a second one too, which has nothing to do.
    two = divided_instance("alder", "birch", southern="birch")
    for county, wanted in (("alder", 10), ("birch", 5)):
        two = with_option(two, county, "mill", capacity=5, investment=20, max_plants=2)
        two = with_entries(two, "demand", {(county, "food", 2027): wanted})
    spread = with_policy(two, dispersion_cap=0.5)
    assert optimum(spread) == pytest.approx(80)
    assert optimum(spread, without="dispersion_cap") == pytest.approx(60)
