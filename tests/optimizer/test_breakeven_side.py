"""One variant in a search: what a solve at one value tells of others, and where the next one begins."""

from dataclasses import replace
from math import inf

import pytest

from models.instance import Instance
from models.plan import Result, Status
from optimizer.breakeven.side import NotOfItsShape, Side
from optimizer.solve import solve
from tests.optimizer.breakeven_case import EXACTLY, over_freight, two_counties


def funded(funds: float, freight: float) -> Instance:
    """County plants, or imports, with so much of central funds and no other: nothing of counties."""
    whole = two_counties("provincial", freight)
    counties = {code: replace(county, local_funds=0.0) for code, county in whole.counties.items()}
    return replace(whole, counties=counties, central_funds={2027: funds})


def free_side() -> Side:
    """Freight and funds grow with the value: better and worse at once."""
    side = Side("test", "any", lambda value: funded(50 * value, 0.001 * value), 0.5, 4.0)
    assert side.curve.shape == "free"
    return side


def solved(side: Side, value: float) -> Result:
    run = side.run(value, EXACTLY, 0.0)
    return solve(run.instance, run.options)


def without_plan(bound: float | None = None) -> Result:
    return Result(Status.NO_PLAN, None, None, bound, None, 1.0, "played", (), ())


def test_a_plan_counts_at_another_value_where_it_keeps_every_rule() -> None:
    # With funds of 50 * 2 the provincial plant of 45.5 is built: 45.5 + 1000 * 0.002 = 47.5 at 2.
    for first, second in ((2.0, 4.0), (4.0, 2.0)):
        side = free_side()
        for value in (first, second):
            side.take(value, 0.0, solved(side, 2.0) if value == 2.0 else without_plan())
        assert side.curve.upper(2.0) == pytest.approx(30 * 2**0.6 + 2)
        assert side.curve.upper(4.0) == pytest.approx(30 * 2**0.6 + 4)


def test_it_does_not_where_it_breaks_one() -> None:
    side = free_side()
    side.take(2.0, 0.0, solved(side, 2.0))
    side.take(0.5, 0.0, without_plan())  # funds of 25
    assert side.curve.upper(0.5) == inf


def test_a_solve_begins_with_the_best_plan_of_the_nearest_value() -> None:
    side = free_side()
    assert side.run(1.0, EXACTLY, 0.0).start is None
    results = {value: solved(side, value) for value in (0.5, 2.0)}
    for value, result in results.items():
        side.take(value, 0.0, result)
    assert side.run(0.6, EXACTLY, 0.0).start is results[0.5].plan
    assert side.run(3.0, EXACTLY, 0.0).start is results[2.0].plan
    assert side.run(1.25, EXACTLY, 0.0).start is results[0.5].plan  # as near: the lower


def test_where_plans_hold_everywhere_it_begins_with_the_cheapest_there() -> None:
    # Without freight the provincial plant is built; at 0.1 a tonne and km birch imports at 100 rather than carry.
    side = Side("test", "any", lambda rate: two_counties("provincial", rate), 0.0, 0.2)
    results = {rate: solved(side, rate) for rate in (0.0, 0.2)}
    for rate, result in results.items():
        side.take(rate, 0.0, result)
    assert side.run(0.09, EXACTLY, 0.0).start is results[0.0].plan
    assert side.run(0.11, EXACTLY, 0.0).start is results[0.2].plan


def test_hints_are_where_a_side_without_plans_begins() -> None:
    result = solved(free_side(), 2.0)
    assert result.plan is not None
    side = Side("test", "any", lambda value: funded(50 * value, 0.001 * value), 0.5, 4.0, {2.0: result.plan})
    assert side.run(1.0, EXACTLY, 0.0).start is result.plan


def test_a_shape_that_does_not_hold_is_an_error() -> None:
    # As straight as can be at the start, middle and end, and bent between them.
    def bent(rate: float) -> Instance:
        return two_counties("provincial", 0.01 + (0.005 if rate == 0.25 else 0.0) + 0.001 * rate)

    side = Side("test", "any", bent, 0.0, 1.0)
    assert side.curve.shape == "concave"
    with pytest.raises(NotOfItsShape, match="not straight"):
        side.take(0.25, 0.0, solved(side, 0.25))


def test_nothing_is_open_where_every_solve_found_no_plan() -> None:
    side = Side("test", "any", lambda rate: two_counties("provincial", rate), 0.0, 0.2)
    assert side.is_open(0.1, 0.01)
    for value in (0.0, 0.2):
        side.take(value, 0.01, without_plan(bound=3.0))
    assert not side.is_open(0.1, 0.01)
    assert side.curve.lower(0.1) == 3.0


def test_a_smaller_gap_is_of_use_only_where_time_did_not_run_out() -> None:
    side = Side("test", "any", lambda rate: two_counties("provincial", rate), 0.0, 0.2)
    result = solved(side, 0.0)
    side.take(0.0, 0.1, replace(result, gap=0.05))
    assert side.may_tighten(0.0, 0.01)
    assert not side.may_tighten(0.0, 0.06)
    side.take(0.0, 0.01, replace(result, status=Status.STOPPED, gap=0.05))
    assert not side.may_tighten(0.0, 0.001)


@pytest.mark.parametrize(
    ("scope", "told"),
    [
        ("nation", "county at 0.02"),
        ("good-food", "food: county at 0.02"),
        ("province-far-east", "far-east: county at 0.02"),
        ("map-0.65/food", "food with the exponent 0.65: county at 0.02"),
        ("map-1e-05/dried-fish", "dried-fish with the exponent 1e-05: county at 0.02"),
    ],
)
def test_people_are_told_of_a_solve_in_words(scope: str, told: str) -> None:
    side = Side(scope, "county", over_freight("county"), 0.0, 0.04)
    assert side.run(0.02, EXACTLY, 0.0).label == told
