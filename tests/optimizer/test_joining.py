"""Joining years at least cost under the rules on choosing, and what these rules cost every plan."""

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from models.instance import Instance
from models.problem import build_problem
from optimizer.decomposition.blocks import Blocks
from optimizer.decomposition.county_choices import block_precision, blocks_of, choice_costs
from optimizer.decomposition.joining import Joining, best_joining
from optimizer.solvers import HighsProblem
from reports.choice_bounds import Key
from tests.models.random_full_instance import random_full_instance
from tests.models.random_instance import random_instance
from tests.models.small_instance import with_county, with_policy
from tests.models.tiny_instance import tiny_instance
from tests.optimizer.solving import EXACTLY

COUNTIES = ("alder", "birch", "cedar")


def places(**changes: Any) -> Instance:
    """Three counties, two years, one place a year, which must be taken."""
    parts: dict[str, Any] = {"picks": {2027: 1, 2028: 1}, **changes}
    return with_policy(tiny_instance(COUNTIES, years=2, **parts), picks_exact=True)


def costs_of(**costs: Mapping[int | None, float]) -> dict[Key, float]:
    """What choices cost, of one county after another."""
    return {(county, choice): cost for county, known in costs.items() for choice, cost in known.items()}


def chosen(
    instance: Instance, costs: Mapping[Key, float], relaxed: Mapping[tuple[str, int], float] | None = None
) -> Joining:
    """The joining years, at a mean cost of 100 a county."""
    found = best_joining(instance, relaxed or {}, costs, 100.0, EXACTLY, 60.0, lambda: False)
    assert found is not None
    assert found.years.keys() == {(county, year) for county in instance.counties for year in instance.years}
    return found


def joins(found: Joining) -> dict[str, int]:
    """The year of each county that joins."""
    return {county: year for (county, year), value in found.years.items() if value}


class TestByHand:
    def test_least_cost(self) -> None:
        """Birch first and cedar then: 30 + 120 + 200. Each by itself would be first, for 30 + 30 + 30."""
        costs = costs_of(
            alder={2027: 30, 2028: 130, None: 200},
            birch={2027: 30, 2028: 230, None: 400},
            cedar={2027: 30, 2028: 120, None: 200},
        )
        found = chosen(places(), costs)
        assert joins(found) == {"birch": 2027, "cedar": 2028}
        assert found.more == pytest.approx(350 - 90)

    def test_two_that_would_both_be_first(self) -> None:
        """All must join. One of them must do so a year later, for 70 more."""
        twins = {2027: 30.0, 2028: 100.0}
        instance = with_policy(tiny_instance(["alder", "birch"], years=2, picks={2027: 1, 2028: 1}), join_all=True)
        found = chosen(instance, costs_of(alder=twins, birch=twins))
        assert sorted(joins(found).values()) == [2027, 2028]
        assert found.more == pytest.approx(70)

    def test_rules_that_cost_nothing(self) -> None:
        costs = costs_of(alder={2027: 30, 2028: 130, None: 200}, birch={2027: 300, 2028: 30, None: 400})
        found = chosen(places(), costs)
        assert joins(found) == {"alder": 2027, "birch": 2028}
        assert found.more == pytest.approx(0, abs=1e-6)

    def test_county_that_is_better_left_alone(self) -> None:
        """Nobody is better for joining, but places must be taken: the least harm is 5 and 20."""
        costs = costs_of(
            alder={2027: 15, 2028: 130, None: 10}, birch={2027: 50, 2028: 50, None: 10}, cedar={2028: 30, None: 10}
        )
        found = chosen(with_county(places(), "cedar", eligible_from=2028), costs)
        assert joins(found) == {"alder": 2027, "cedar": 2028}
        assert found.more == pytest.approx(25)
        free = chosen(replace(places(), policy=replace(places().policy, picks_exact=False)), costs)
        assert joins(free) == {}
        assert free.more == pytest.approx(0, abs=1e-6)

    def test_impossible_choices(self) -> None:
        """Only cedar can be first: 30, and then alder rather than birch, 130 + 190 to 200 + 130. By themselves they
        would cost 130 + 130 + 20."""
        costs = costs_of(
            alder={2027: math.inf, 2028: 130, None: 200},
            birch={2027: math.inf, 2028: 130, None: 190},
            cedar={2027: 30, 2028: 20, None: 50},
        )
        found = chosen(places(), costs)
        assert joins(found) == {"cedar": 2027, "alder": 2028}
        assert found.more == pytest.approx(350 - 280)

    def test_nothing_allowed(self) -> None:
        both = places(decided={"alder": 2027, "birch": 2027})
        assert best_joining(both, {}, {("alder", 2027): 30.0}, 100.0, EXACTLY, 60.0, lambda: False) is None
        assert joins(chosen(places(decided={"alder": 2028, "birch": 2027}), {})) == {"alder": 2028, "birch": 2027}


class TestLikeTheRelaxation:
    RELAXED: Mapping[tuple[str, int], float] = {
        ("alder", 2027): 0.4,
        ("alder", 2028): 0.1,
        ("birch", 2027): 0.5,
        ("birch", 2028): 0.2,
        ("cedar", 2027): 0.1,
        ("cedar", 2028): 0.6,
    }

    def test_without_costs(self) -> None:
        found = chosen(places(), {}, self.RELAXED)
        assert joins(found) == {"birch": 2027, "cedar": 2028}
        assert found.more == 0

    def test_county_without_costs(self) -> None:
        """Alder has costs and goes first, the others go along."""
        found = chosen(places(), costs_of(alder={2027: 30, 2028: 130, None: 200}), self.RELAXED)
        assert joins(found) == {"alder": 2027, "cedar": 2028}
        assert found.more == pytest.approx(0, abs=1e-6)

    def test_followed_alone_where_it_has_a_third_joining_as_a_whole(self) -> None:
        """By costs alder would be first; the relaxation has all of it second, and birch first by the larger part."""
        relaxed = {("alder", 2028): 1.0, ("birch", 2027): 0.6, ("cedar", 2027): 0.4}
        found = chosen(places(), costs_of(alder={2027: 30, 2028: 130, None: 200}), relaxed)
        assert joins(found) == {"birch": 2027, "alder": 2028}

    @pytest.mark.parametrize(
        ("less", "years", "more"),
        [
            (0, {"birch": 2027, "cedar": 2028}, 200),  # alder and birch cost the same
            (0.05, {"birch": 2027, "cedar": 2028}, 200),  # one whole joining is worth 1, a tenth 0.1
            (2, {"alder": 2027, "cedar": 2028}, 200),
        ],
    )
    def test_decides_where_costs_hardly_do(self, less: float, years: dict[str, int], more: float) -> None:
        costs = costs_of(
            alder={2027: 100 - less, 2028: 400, None: 300},
            birch={2027: 100, 2028: 400, None: 300},
            cedar={2027: 300, 2028: 100, None: 300},
        )
        found = chosen(places(), costs, self.RELAXED)
        assert joins(found) == years
        assert found.more == pytest.approx(more)  # of the costs alone


def test_never_above_the_optimum() -> None:
    """The counties' bound and what the rules on choosing cost besides, on random instances: at the relaxation's prices,
    and where nothing that is shared has one. One place a year makes them matter."""
    compared = raised = 0
    for plain in [draw(seed) for draw in (random_full_instance, random_instance) for seed in range(20)]:
        instance = replace(plain, picks=dict.fromkeys(plain.years, 1.0))
        problem, variables = build_problem(instance)
        highs = HighsProblem(problem, EXACTLY)
        best = highs.solve(0.0, 60.0, lambda: False).objective
        if best is None:
            continue
        dust = 1e-6 * max(1.0, abs(best))
        highs.relax(60.0, lambda: False)
        blocks = Blocks(highs.matrix(), blocks_of(instance, variables, highs.names))
        for share in (1.0, 0.0):
            priced = blocks.priced(share * highs.prices)
            if not math.isfinite(priced.total(priced.weak)):
                continue
            precision = block_precision(instance, 0.0)
            found = choice_costs(
                instance, variables, highs.column, blocks, priced, precision, 1, 60.0, lambda: False
            )  # fmt: skip
            joining = best_joining(instance, {}, found.by_choice, abs(best), EXACTLY, 60.0, lambda: False)
            assert joining is not None
            assert joining.more >= 0
            assert priced.total(found.values) + joining.more <= best + dust, (instance.title, share)
            compared += 1
            raised += joining.more > dust
    assert compared > 20
    assert raised > 8
