"""Swaps of two counties' years, worked out by hand."""

from dataclasses import replace
from pathlib import Path

import pytest

from models.plan import Plan
from models.records import NO_LIMIT, Province
from models.verifier import Violation
from optimizer.alternatives_held import without
from optimizer.forced_choices import choice_bounds
from optimizer.solve import solve
from optimizer.solvers import HighsProblem
from optimizer.swaps import Swap, best_round, best_swap, swap_values, swaps_by_estimate
from reports.choice_bounds import ChoiceBounds
from tests.models.small_instance import with_policy
from tests.models.tiny_instance import tiny_instance
from tests.optimizer.assessed_instance import assessed_instance
from tests.optimizer.solving import EXACTLY

INSTANCE = with_policy(assessed_instance(), min_plants=1)
YEARS = {"birch": 2027, "alder": 2028}
"""The best plan, for 360."""


def bounds(**changes: float) -> ChoiceBounds:
    """Changes by county and year, as in `alder_2027=5`; 0 for all others."""
    change = {(county, choice): 0.0 for county in INSTANCE.counties for choice in (2027, 2028, None)}
    change |= {(name.split("_")[0], int(name.split("_")[1])): value for name, value in changes.items()}
    return ChoiceBounds(0.0, change, {})


def best_plan() -> Plan:
    found = solve(INSTANCE, EXACTLY, start=None).plan
    assert found is not None
    return found


class TestWithWhom:
    def test_who_has_the_place(self) -> None:
        assert best_swap(INSTANCE, YEARS, bounds(), "alder", 2027) == Swap("alder", 2027, "birch")
        assert best_swap(INSTANCE, YEARS, bounds(), "cedar", 2027) == Swap("cedar", 2027, "birch")

    def test_nobody_where_there_is_room(self) -> None:
        roomy = replace(INSTANCE, picks={2027: 2, 2028: 1})
        assert best_swap(roomy, YEARS, bounds(), "alder", 2027) == Swap("alder", 2027, None)

    def test_whom_it_costs_least(self) -> None:
        two = replace(INSTANCE, picks={2027: 2, 2028: 1})
        years = {"birch": 2027, "cedar": 2027, "alder": 2028}
        assert best_swap(two, years, bounds(birch_2028=3), "alder", 2027) == Swap("alder", 2027, "cedar")
        assert best_swap(two, years, bounds(cedar_2028=3), "alder", 2027) == Swap("alder", 2027, "birch")

    def test_all_by_what_they_are_estimated_to_cost(self) -> None:
        two = replace(INSTANCE, picks={2027: 2, 2028: 1})
        years = {"birch": 2027, "cedar": 2027, "alder": 2028}
        assert swaps_by_estimate(two, years, bounds(birch_2028=3, cedar_2028=1), "alder", 2027) == [
            Swap("alder", 2027, "cedar"), Swap("alder", 2027, "birch"),
        ]  # fmt: skip

    def test_place_left_for_good_is_taken_by_who_gains_most_by_it(self) -> None:
        # Who joins in 2028 may move up to the place of birch, which is worth more than its own.
        worth = replace(bounds(alder_2028=5), places={2027: 2.0, 2028: 1.0})
        first = best_swap(INSTANCE, YEARS, worth, "birch", None)
        assert first == Swap("birch", None, "alder")

    def test_barred_county_leaves_a_pick_less_to_make(self) -> None:
        exact = with_policy(replace(INSTANCE, picks={2027: 1, 2028: 2}), picks_exact=True)
        years = {"birch": 2027, "alder": 2028, "cedar": 2028}
        assert swaps_by_estimate(exact, years, bounds(), "birch", None) == []
        found = swaps_by_estimate(without(exact, ["birch"]), years, bounds(cedar_2027=1), "birch", None)
        assert found == [Swap("birch", None, "alder"), Swap("birch", None, "cedar")]
        assert swaps_by_estimate(without(exact, ["cedar"]), years, bounds(), "cedar", None) == [
            Swap("cedar", None, None)
        ]

    def test_three_pass_on_their_years_where_provinces_have_no_room_for_two(self) -> None:
        # South, of cedar and dogwood, has one place a year, and dogwood has that of 2027: cedar cannot take alder's.
        base = tiny_instance(("alder", "birch", "cedar", "dogwood"), years=3)
        south = Province("south", "South", "South", 0, 1)
        counties = {
            code: replace(place, province="south") if code in ("cedar", "dogwood") else place
            for code, place in base.counties.items()
        }
        instance = replace(
            base,
            counties=counties,
            provinces={**base.provinces, "south": south},
            picks={2027: 2, 2028: 1, 2029: 1},
        )
        years = {"alder": 2027, "dogwood": 2027, "cedar": 2028, "birch": 2029}
        assert swaps_by_estimate(instance, years, bounds(), "alder", 2028) == []
        found = best_round(instance, years, bounds(), "alder", 2028)
        assert found == {"alder": 2028, "cedar": 2029, "birch": 2027}
        assert best_round(instance, YEARS, bounds(), "alder", 2029) is None

    def test_not_who_may_not_move(self) -> None:
        decided = replace(INSTANCE, decided={"birch": 2027})
        assert best_swap(decided, YEARS, bounds(), "alder", 2027) is None
        late = replace(INSTANCE.counties["alder"], eligible_from=2028)
        assert best_swap(replace(INSTANCE, counties={**INSTANCE.counties, "alder": late}), YEARS, bounds(), "alder",
                         2027) is None  # fmt: skip

    def test_not_against_a_limit_of_a_province(self) -> None:
        north, south = INSTANCE.provinces["north"], Province("south", "South", "South", 0, 1)
        counties = {**INSTANCE.counties, "birch": replace(INSTANCE.counties["birch"], province="south")}
        counties["cedar"] = replace(counties["cedar"], province="south")
        two = replace(
            INSTANCE, counties=counties, provinces={"north": north, "south": south}, picks={2027: 2, 2028: NO_LIMIT}
        )
        years = {"alder": 2027, "birch": 2027, "cedar": 2028}
        # cedar in alder's place would be the second of the south in 2027
        assert best_swap(two, years, bounds(birch_2028=9), "cedar", 2027) == Swap("cedar", 2027, "birch")

    def test_exact_picks_leave_no_place_empty(self) -> None:
        exact = with_policy(INSTANCE, picks_exact=True)
        assert best_swap(exact, YEARS, bounds(), "birch", None) == Swap("birch", None, "cedar")
        assert best_swap(INSTANCE, YEARS, bounds(), "birch", None) == Swap("birch", None, None)


class TestValues:
    def test_worked_out_by_hand(self) -> None:
        # Who is second may be alder or cedar. Birch second to either: 30 + 230 + 200 = 460; the one that is not in the
        # plan in the place of the one that is: 360.
        plan = best_plan()
        second = next(county for county, year in plan.select if year == 2028)
        third = "cedar" if second == "alder" else "alder"
        found = choice_bounds(INSTANCE, EXACTLY)
        assert found is not None
        wanted = [(second, 2027), (third, 2028), (third, 2027), ("birch", 2027)]
        values = swap_values(INSTANCE, EXACTLY, plan, found, wanted)
        # Third in birch's place, who does not join: 30 + 130 + 400 = 560.
        assert values == {
            (second, 2027): pytest.approx(460),
            (third, 2028): pytest.approx(360),
            (third, 2027): pytest.approx(560),
        }

    def test_kept_and_found_again(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        plan, wanted = best_plan(), [("alder", 2027), ("cedar", 2027)]
        first = swap_values(INSTANCE, EXACTLY, plan, bounds(), wanted, tmp_path)
        monkeypatch.setattr(HighsProblem, "solve", None)  # not asked for again
        assert swap_values(INSTANCE, EXACTLY, plan, bounds(), wanted, tmp_path) == first
        assert len(first) == 2

    def test_what_the_verifier_does_not_pass_is_left_out(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("optimizer.checked_plan.verify", lambda *_: (Violation("demand", (), "not met", 1.0),))
        assert swap_values(INSTANCE, EXACTLY, best_plan(), bounds(), [("alder", 2027), ("cedar", 2027)]) == {}

    def test_stopped(self, tmp_path: Path) -> None:
        stopped = swap_values(INSTANCE, EXACTLY, best_plan(), bounds(), [("alder", 2027)], should_stop=lambda: True)
        assert stopped == {}

    def test_in_a_large_problem(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("optimizer.swaps.LARGE", 0)
        plan = best_plan()
        second = next(county for county, year in plan.select if year == 2028)
        values = swap_values(INSTANCE, EXACTLY, plan, bounds(), [(second, 2027)])
        assert values == {(second, 2027): pytest.approx(460)}
