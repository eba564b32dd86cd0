"""Choices held where something else has changed: what they cost then, or that they break a rule."""

from dataclasses import replace

import pytest

from models.instance import Instance
from models.plan import Result, Status
from optimizer.same_choices import same_choices
from optimizer.solve import solve
from tests.models.random_full_instance import random_full_instance
from tests.models.small_instance import small_instance, with_option, with_policy
from tests.optimizer.solving import EXACTLY

SEEDS = range(100, 112)


def solved(instance: Instance) -> Result:
    return solve(instance, EXACTLY)


@pytest.mark.parametrize("seed", SEEDS)
def test_best_choices_cost_what_the_best_plan_costs(seed: int) -> None:
    instance = with_policy(random_full_instance(seed), objective="least cost")
    best = solved(instance)
    if best.plan is None:
        pytest.skip("this one has no plan")
    held = same_choices(instance, best.plan, EXACTLY)
    assert held.cost == pytest.approx(best.objective, rel=1e-5, abs=1e-6)
    assert held.plan is not None
    assert {index for index, value in held.plan.select.items() if value} == {
        index for index, value in best.plan.select.items() if value
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_never_better_than_the_best_of_what_was_changed(seed: int) -> None:
    instance = with_policy(random_full_instance(seed), objective="least cost")
    lanes = {index: replace(lane, cost=lane.cost + 3) for index, lane in instance.lanes.items()}
    dearer = replace(instance, lanes=lanes)
    best, other = solved(instance), solved(dearer)
    if best.plan is None or other.plan is None:
        pytest.skip("this one has no plan")
    held = same_choices(dearer, best.plan, EXACTLY)
    assert held.cost is not None  # prices break no rule
    assert held.cost >= sum(charge.amount for charge in other.charges) * (1 - 1e-6) - 1e-6


def test_choices_that_break_a_rule_are_impossible() -> None:
    best = solved(small_instance())
    assert best.status is Status.SOLVED
    assert best.plan is not None
    assert best.plan.start
    without_funds = replace(small_instance(), central_funds=dict.fromkeys(small_instance().central_funds, 0.0))
    held = same_choices(without_funds, best.plan, EXACTLY)
    assert held.impossible
    assert held.cost is None


def test_plants_that_there_is_no_place_for_are_impossible() -> None:
    best = solved(small_instance())
    assert best.plan is not None
    county, design, _ = next(iter(best.plan.start))
    assert same_choices(with_option(small_instance(), county, design, max_plants=0), best.plan, EXACTLY).impossible


def test_a_rule_that_choices_keep_changes_nothing() -> None:
    best = solved(small_instance())
    assert best.plan is not None
    held = same_choices(with_policy(small_instance(), coverage_floor=0.0), best.plan, EXACTLY)
    assert held.cost == pytest.approx(best.objective)
