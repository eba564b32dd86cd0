"""Alternatives on the tiny instance: the objective as a limit, weights in its place, counties held."""

from dataclasses import replace

import pytest

import optimizer.alternatives
from models.instance import Instance
from models.plan import Status
from models.verifier import verify
from optimizer.alternatives import alternative
from optimizer.alternatives_held import joining_years, only_restricts, with_moved, without
from optimizer.solve import solve
from tests.models.small_instance import small_instance, with_policy
from tests.models.tiny_instance import tiny_instance
from tests.optimizer.solving import EXACTLY


@pytest.fixture
def twins() -> Instance:
    """Two counties alike, of which one may join: it builds for 30, the other imports for 100."""
    return tiny_instance(["alder", "birch"], picks={2027: 1})


def test_weights_choose_among_equals(twins: Instance) -> None:
    for county, other in (("alder", "birch"), ("birch", "alder")):
        found = alternative(twins, EXACTLY, 130.0, {(county, 2027): 1.0})
        assert found.status is Status.SOLVED
        assert found.plan is not None
        assert joining_years(found.plan) == {other: 2027}
        assert found.objective == pytest.approx(130)
        assert verify(twins, found.plan) == ()


def test_weights_of_plants_count_too(twins: Instance) -> None:
    found = alternative(twins, EXACTLY, 130.0, {("alder", "mill", 2027): 1.0})
    assert found.plan is not None
    assert found.plan.start == {("birch", "mill", 2027): 1}


def test_limit_holds(twins: Instance) -> None:
    shunned = {("alder", 2027): 1.0, ("birch", 2027): 1.0}
    dear = alternative(twins, EXACTLY, 200.0, shunned)
    assert dear.plan is not None
    assert dear.plan.select == {}
    assert dear.objective == pytest.approx(200)
    near = alternative(twins, EXACTLY, 199.0, shunned)
    assert near.plan is not None
    assert len(near.plan.select) == 1
    assert alternative(twins, EXACTLY, 129.0, {}).status is Status.INFEASIBLE


def test_quantities_are_at_least_cost_for_what_is_chosen(twins: Instance) -> None:
    # The limit would let a plant stand idle and food be imported for 230; what is reported is the best of the choice.
    found = alternative(twins, EXACTLY, 230.0, {("alder", "mill", 2027): -1.0})
    assert found.objective == pytest.approx(130)


def test_held_counties_keep_years_and_plants(twins: Instance) -> None:
    best = solve(twins, EXACTLY)
    assert best.plan is not None
    (chosen,) = joining_years(best.plan)
    shun = {(chosen, 2027): 1.0}
    held = alternative(twins, EXACTLY, 200.0, shun, best.plan, free=[])
    assert held.plan is not None
    assert joining_years(held.plan) == {chosen: 2027}
    freed = alternative(twins, EXACTLY, 200.0, shun, best.plan, free=[chosen])
    assert freed.plan is not None
    assert freed.plan.select == {}


def test_holding_needs_a_plan(twins: Instance) -> None:
    with pytest.raises(ValueError, match="a plan that is given"):
        alternative(twins, EXACTLY, None, {}, free=[])


def test_objective_other_than_cost_is_the_limit() -> None:
    # 1000 people live in each county, whose demand is covered when its plant is built: one joins, 1000 are uncovered.
    twins = tiny_instance(["alder", "birch"], picks={2027: 1})
    coverage = with_policy(twins, objective="greatest coverage")
    found = alternative(coverage, EXACTLY, 1000.0, {("alder", 2027): 1.0})
    assert found.objective == pytest.approx(1000)
    assert found.plan is not None
    assert joining_years(found.plan) == {"birch": 2027}


class TestHeldYears:
    def test_moved_county_takes_a_place_and_leaves_its_own(self) -> None:
        two = tiny_instance(["alder", "birch", "cedar"], years=3, picks=dict.fromkeys((2027, 2028, 2029), 1))
        years = {"alder": 2027, "birch": 2028, "cedar": 2029}
        assert with_moved(two, years, {"cedar": 2027}).decided == {"birch": 2028, "cedar": 2027}

    def test_newcomer_frees_the_last_year_as_well(self) -> None:
        two = tiny_instance(["alder", "birch", "cedar"], years=2, picks={2027: 1, 2028: 1})
        assert with_moved(two, {"alder": 2027, "birch": 2028}, {"cedar": 2027}).decided == {"cedar": 2027}

    def test_barring_restricts_unless_rules_ask_for_less_then(self) -> None:
        free = tiny_instance(["alder", "birch"], picks={2027: 1})
        assert only_restricts(free, without(free, ["alder"]))
        exact = with_policy(replace(free, picks={2027: 2}), picks_exact=True)
        assert not only_restricts(exact, without(exact, ["alder"]))  # two must join, or the one that is left
        small = small_instance()
        assert not only_restricts(small, without(small, ["cedar"]))


def test_other_solvers_take_the_same_way(twins: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(optimizer.alternatives, "is_highs", lambda name: False)  # then PuLP calls the solver
    best = solve(twins, EXACTLY)
    found = alternative(twins, EXACTLY, 130.0, {("alder", 2027): 1.0}, best.plan, free=["alder", "birch"])
    assert found.plan is not None
    assert joining_years(found.plan) == {"birch": 2027}
    assert found.objective == pytest.approx(130)
