"""Break-even of cases whose answer is known, and what is said to be proven."""

from collections.abc import Sequence
from dataclasses import replace
from math import log2

import pytest

from models.instance import Instance
from models.plan import Result
from models.records import Lane
from optimizer.breakeven.curve import Curve
from optimizer.breakeven.outcome import comparison_of, crossings_of
from optimizer.breakeven.search import INTERRUPTED, carry_on, duel
from optimizer.runs import Run
from tests.models.tiny_instance import option
from tests.optimizer.breakeven_case import (
    EXACTLY,
    breakeven_freight,
    finished,
    over_freight,
    terms,
    two_counties,
)


def test_freight_of_two_counties_is_as_worked_out_by_hand() -> None:
    found = comparison_of(
        finished(over_freight("county"), over_freight("provincial"), terms(0, 0.04)), "nation", "", ""
    )
    assert found.shapes == ("constant", "concave")
    (crossing,) = found.crossings
    exact = breakeven_freight(0.6)
    assert crossing.estimate == pytest.approx(exact, rel=1e-6)
    assert (crossing.cheaper_below, crossing.cheaper_above) == (1, 0)
    assert crossing.checked
    assert crossing.below is not None
    assert crossing.above is not None
    assert crossing.below.proven
    assert crossing.above.proven
    assert crossing.below.value == pytest.approx(0.99 * exact, rel=0.006)
    assert crossing.above.value == pytest.approx(1.01 * exact, rel=0.006)
    assert crossing.proven_low == pytest.approx(exact, rel=1e-4)
    assert crossing.proven_high == pytest.approx(exact, rel=1e-4)
    assert found.decided
    assert found.solves <= 8  # a grid as fine as the tolerance takes hundreds


@pytest.mark.parametrize("exponent", [0.37, 0.6, 0.79])
def test_without_freight_economies_of_scale_decide(exponent: float) -> None:
    duel = finished(over_freight("county", exponent), over_freight("provincial", exponent), terms(0, 0.04))
    (crossing,) = crossings_of(duel)
    assert crossing.estimate == pytest.approx(breakeven_freight(exponent), rel=1e-6)
    assert crossing.cheaper_below == 1
    assert duel.sections()[0].start == 0
    assert duel.sections()[0].proven


def test_without_economies_of_scale_freight_decides() -> None:
    found = comparison_of(
        finished(over_freight("county", 1.0), over_freight("provincial", 1.0), terms(0, 0.04)), "nation", "", ""
    )
    assert found.crossings == ()
    assert {stretch.cheaper for stretch in found.stretches} <= {0, None}
    last = found.stretches[-1]
    assert (last.cheaper, last.proof) == (0, "proven")
    assert last.start <= 0.0004  # the same at 0 alone


def test_no_crossing_is_said_to_be_proven_only_where_it_is() -> None:
    found = comparison_of(
        finished(over_freight("county"), over_freight("provincial"), terms(0.02, 0.04)), "nation", "", ""
    )
    assert found.crossings == ()
    assert [(stretch.cheaper, stretch.proof) for stretch in found.stretches] == [(0, "proven")]
    assert found.solves == 3  # freight does not enter plans that carry nothing, so one solve tells all of them
    assert found.decided


def near(freight: float) -> Instance:
    """A provincial plant for 50 at 30 km: 50 + 300 p."""
    whole = two_counties("provincial", freight)
    lanes = {**whole.lanes, ("alder", "birch", "food"): Lane(30, 30 * freight)}
    return replace(whole, options={("alder", "joint"): option(capacity=20.0, investment=50)}, lanes=lanes)


def far(freight: float) -> Instance:
    """A provincial plant for 40 at 100 km, or imports of 2.5 a tonne for birch: min(40 + 1000 p, 65)."""
    whole = two_counties("provincial", freight)
    goods = {"food": replace(whole.goods["food"], import_price=2.5)}
    demand = dict.fromkeys(whole.demand, 10.0)
    return replace(
        whole,
        goods=goods,
        demand={**demand, ("alder", "food", 2027): 30.0},
        options={("alder", "joint"): option(capacity=40.0, investment=40)},
    )


def test_two_crossings_are_found_although_the_ends_agree() -> None:
    # far: min(40 + 1000 p, 65); near: 50 + 300 p. The same at p = 1/70 and at p = 1/20.
    found = finished(far, near, terms(0, 0.08))
    crossings = crossings_of(found)
    assert [crossing.estimate for crossing in crossings] == [pytest.approx(1 / 70), pytest.approx(1 / 20)]
    assert [(one.cheaper_below, one.cheaper_above) for one in crossings] == [(0, 1), (1, 0)]
    assert all(one.checked for one in crossings)
    first, second = crossings
    assert (first.proven_from, second.proven_to) == (0, 0.08)
    assert first.proven_high is not None
    assert first.proven_to is not None
    assert (second.proven_from, second.proven_low) == (first.proven_high, first.proven_to)
    assert 1 / 70 < first.proven_high < first.proven_to < 1 / 20


def test_exponent_is_found_by_bracketing() -> None:
    # With freight 0.01 the provincial plant costs 30 * 2 ** e + 10: the same as 60 where e = log2(50 / 30).
    def provincial(exponent: float) -> Instance:
        return two_counties("provincial", 0.01, exponent)

    found = finished(lambda exponent: two_counties("county", 0.01, exponent), provincial, terms(0.3, 1.0))
    comparison = comparison_of(found, "nation", "", "")
    assert comparison.shapes == ("constant", "rising")
    assert found.sides[0].solves == 1
    (crossing,) = comparison.crossings
    exact = log2(50 / 30)
    assert crossing.estimate == pytest.approx(exact, rel=0.01)
    assert crossing.low < exact < crossing.high
    assert crossing.high - crossing.low <= 2.1 * 0.01 * exact
    assert crossing.checked
    assert comparison.decided
    low, *_, high = comparison.stretches
    assert (low.cheaper, low.proof) == (1, "proven")
    assert (high.cheaper, high.proof) == (0, "proven")
    assert high.start - low.end <= 2.1 * 0.01 * exact


def test_where_nothing_is_known_of_the_shape_signs_are_proven_at_solved_values() -> None:
    # A plant that gets dearer with e, and central funds that grow with it and do not matter.
    def provincial(exponent: float) -> Instance:
        return replace(two_counties("provincial", 0.01, exponent), central_funds={2027: 1000 * exponent})

    found = finished(lambda exponent: two_counties("county", 0.01, exponent), provincial, terms(0.3, 1.0))
    comparison = comparison_of(found, "nation", "", "")
    assert comparison.shapes == ("constant", "free")
    (crossing,) = comparison.crossings
    assert crossing.estimate == pytest.approx(log2(50 / 30), rel=0.01)
    assert {stretch.proof for stretch in comparison.stretches} == {"proven at solved values"}
    assert comparison.decided
    # a range would say more than is known between solved values
    assert (crossing.proven_from, crossing.proven_low, crossing.proven_high, crossing.proven_to) == (None,) * 4
    assert (crossing.proven_at_low, crossing.proven_at_high) == (crossing.low, crossing.high)


@pytest.mark.parametrize(("at_end", "proven"), [(50.0, (4, 10)), (90.0, (None, None))])
def test_a_range_is_proven_only_where_every_stretch_of_it_is(
    at_end: float, proven: tuple[float | None, float | None]
) -> None:
    # One costs 50 up to 6, and by its only other plan `at_end` at 10. The other costs at most 40 up to 3 and at least
    # 60 from 4 on: it is dearer from 4 to 6, and beyond that if the plan at 10 is good enough to tell.
    found = duel("test", ("one", "other"), (over_freight("county"), over_freight("provincial")), terms(0, 10))
    found.curves = (
        Curve(0, 10, "rising", [], {0: 50}, {0: 50, 6: 50, 10: at_end}),
        Curve(0, 10, "rising", [], {0: 20, 4: 60}, {0: 20, 3: 40, 4: 60, 10: 95}),
    )
    assert any(part.proven and (part.start, part.lower) == (4, 0) for part in found.sections())
    (crossing,) = crossings_of(found)
    assert (crossing.proven_from, crossing.proven_low) == (0, 3)
    assert (crossing.proven_high, crossing.proven_to) == proven


def test_the_same_cost_at_the_first_value_is_no_break_even_and_leaves_the_start_as_it_is() -> None:
    # Central funds of no use make the curve free; the plants cost the same at 1 and drift apart from there.
    def provincial(exponent: float) -> Instance:
        return replace(two_counties("provincial", 0.0, 1.0), central_funds={2027: 1000 * exponent})

    def dearer(exponent: float) -> Instance:
        whole = two_counties("provincial", 0.0, 1.0)
        place = ("alder", "joint")
        return replace(
            whole,
            options={place: option(capacity=20.0, investment=60 + 7 * (exponent - 0.3))},
            central_funds={2027: 1000 * exponent},
        )

    found = comparison_of(finished(provincial, dearer, terms(0.3, 1.0)), "nation", "", "")
    assert found.crossings == ()
    assert found.standings[0].cheaper is None
    assert [(one.start, one.end, one.cheaper, one.proof) for one in found.stretches] == [
        (0.3, 1.0, 0, "proven at solved values")
    ]


def test_a_variant_without_a_plan_above_a_value_loses_there() -> None:
    # Central funds of 50 do not pay for 30 * 2 ** e from e = log2(5 / 3) on; and nothing else may meet demand.
    def limited(exponent: float) -> Instance:
        whole = two_counties("provincial", 0.0, exponent)
        goods = {"food": replace(whole.goods["food"], import_price=None)}
        counties = {code: replace(county, local_funds=0.0) for code, county in whole.counties.items()}
        return replace(whole, goods=goods, counties=counties, central_funds={2027: 50.0})

    found = finished(lambda exponent: two_counties("county", 0.0, exponent), limited, terms(0.3, 1.0))
    (crossing,) = crossings_of(found)
    assert (crossing.cheaper_below, crossing.cheaper_above) == (1, 0)
    assert crossing.low <= log2(50 / 30) <= crossing.high
    assert crossing.high - crossing.low <= 2.1 * 0.01 * crossing.estimate
    assert crossing.above is not None
    assert crossing.above.costs[1].lower == float("inf")


def test_a_variant_without_any_plan_is_said_to_have_none() -> None:
    def never(freight: float) -> Instance:
        whole = two_counties("provincial", freight)
        goods = {"food": replace(whole.goods["food"], import_price=None)}
        return replace(whole, goods=goods, options={})

    found = comparison_of(finished(over_freight("county"), never, terms(0, 0.04)), "nation", "", "")
    assert found.crossings == ()
    assert [(stretch.cheaper, stretch.proof) for stretch in found.stretches] == [(0, "proven")]
    assert not found.with_plans


def test_the_gap_is_tightened_where_a_sign_asks_for_it() -> None:
    asked: list[Run] = []
    loose = replace(EXACTLY, gap=0.2)
    found = finished(
        over_freight("county"), over_freight("provincial"), terms(0, 0.04, options=loose, least_gap=0.001), asked=asked
    )
    (crossing,) = crossings_of(found)
    assert crossing.estimate == pytest.approx(breakeven_freight(0.6), rel=0.01)
    assert {run.options.gap for run in asked} <= {0.2, 0.05, 0.0125, 0.003125, 0.001}
    assert all(run.options.gap == 0.2 for run in asked[:4])


def test_grid_is_decided_with_few_solves() -> None:
    grid = tuple(0.005 * step for step in range(9))
    found = finished(over_freight("county"), over_freight("provincial"), terms(0, 0.04), grid=grid)
    assert found.solves < len(grid)
    exact = breakeven_freight(0.6)
    for freight in grid:
        cheaper = 1 if freight < exact else 0
        assert found.curves[cheaper].upper(freight) < found.curves[1 - cheaper].lower(freight)


def test_what_is_solved_does_not_depend_on_the_order_of_results() -> None:
    def names(turned: bool) -> list[str]:
        asked: list[Run] = []
        searched = duel(
            "test", ("county", "provincial"), (over_freight("county"), over_freight("provincial")), terms(0, 0.04)
        )

        def solve(runs: Sequence[Run]) -> dict[str, Result]:
            asked.extend(runs)
            found = {run.name: solved(run) for run in (reversed(runs) if turned else runs)}
            return dict(found)

        carry_on([searched.search()], solve)
        return [run.name for run in asked]

    assert names(False) == names(True)


def solved(run: Run) -> Result:
    from optimizer.solve import solve

    return solve(run.instance, run.options, start=run.start)


def test_the_search_ends_when_solves_are_missing() -> None:
    searched = duel(
        "test", ("county", "provincial"), (over_freight("county"), over_freight("provincial")), terms(0, 0.04)
    )

    def solve(runs: Sequence[Run]) -> dict[str, Result]:
        return {runs[0].name: solved(runs[0])}

    carry_on([searched.search()], solve)
    found = comparison_of(searched, "nation", "", "")
    assert found.ended == INTERRUPTED
    assert found.solves == 1
    assert not found.decided


def test_the_search_ends_after_its_most_solves() -> None:
    found = finished(over_freight("county"), over_freight("provincial"), terms(0, 0.04, most_solves=4))
    assert found.solves <= 4
    assert "4 solves" in found.ended
