"""On problems drawn at random with every mechanism, rules, objectives, verifier and tightenings tell the same story."""

from collections.abc import Callable
from dataclasses import fields, replace

import pytest

from models.costs import charges_of
from models.instance import Instance
from models.plan import Plan
from models.tightening import TIGHTENINGS
from models.verifier import OBJECTIVE_CLAUSES, verify, verify_costs
from tests.models.evaluation import INFEASIBLE, optimal_plan, optimum, without_column
from tests.models.random_full_instance import random_capped_instance, random_full_instance
from tests.models.random_instance import random_instance
from tests.models.test_random_instances import of_scale

SEEDS = range(40)
CAPPED = range(30)
TOLERANCE = 1e-5
"""Relative breach that is put down to the solver's own tolerance, as in solving."""


@pytest.mark.parametrize(
    ("draw", "seed"),
    [
        (draw, seed)
        for draw, seeds in ((random_full_instance, SEEDS), (random_capped_instance, CAPPED))
        for seed in seeds
    ],
)
def test_optimal_plan_keeps_every_rule_and_tightenings_change_no_optimum(
    draw: Callable[[int], Instance], seed: int
) -> None:
    instance = draw(seed)
    objective = instance.policy.objective
    least, plan = optimal_plan(instance)
    tightened, other = optimal_plan(instance, TIGHTENINGS)
    assert tightened == pytest.approx(least, rel=1e-6, abs=1e-6)
    for found in (plan, other):
        if found is not None:
            assert verify(instance, found, TOLERANCE) == ()
            assert verify_costs(instance, found, charges_of(instance, found)) == ()
            assert OBJECTIVE_CLAUSES[objective](instance, found) == pytest.approx(least, rel=1e-6, abs=1e-5)
            assert without_column(instance, found) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_no_relaxation_gets_worse_or_passes_the_optimum(seed: int) -> None:
    instance = random_full_instance(seed)
    loose, tight = optimum(instance, relaxed=True), optimum(instance, tightenings=TIGHTENINGS, relaxed=True)
    assert loose <= tight + 1e-6 * max(1.0, abs(loose)) if loose < INFEASIBLE else tight == loose
    assert tight <= optimum(instance) * (1 + 1e-6) + 1e-6


@pytest.mark.parametrize("seed", SEEDS)
def test_both_scales_are_no_worse_than_either(seed: int) -> None:
    # What plants could take of a good enters the quotas of those that make it: with fewer designs they may be less.
    instance = random_full_instance(seed)
    if any(design.quota for design in instance.designs.values()) and "canvas" in instance.inputs:
        return
    both = optimum(instance)
    for scale in instance.scales:
        alone = optimum(of_scale(instance, scale))
        assert alone == INFEASIBLE or both <= alone * (1 + 1e-6) + 1e-6


def test_most_have_a_plan_and_every_decision_is_made_in_some() -> None:
    plans = [optimal_plan(random_full_instance(seed))[1] for seed in SEEDS]
    found = [plan for plan in plans if plan is not None]
    assert len(found) > len(plans) * 2 / 3
    assert sum(1 for plan in found if plan.start) > len(plans) / 3
    made = {name for plan in found for name, family in plan.items() if family}
    assert made == {entry.name for entry in fields(Plan)}


def test_data_leave_open_who_falls_short_and_what_is_owed_in_some() -> None:
    drawn = [random_full_instance(seed) for seed in SEEDS]
    assert any(instance.may_pay_in_full for instance in drawn)
    assert any(instance.quota_or_rate for instance in drawn)
    capped = [random_capped_instance(seed) for seed in CAPPED]
    assert {instance.policy.objective for instance in (*drawn, *capped)} == set(OBJECTIVE_CLAUSES)


def test_some_have_a_plan_under_caps_and_some_are_bound_by_them() -> None:
    drawn = [random_capped_instance(seed) for seed in CAPPED]
    found = [optimal_plan(instance) for instance in drawn]
    assert sum(1 for _, plan in found if plan is not None) > len(found) / 2
    free = {"gini_cap": 1.0, "uncovered_cap": float("inf"), "cost_cap": float("inf")}
    looser = [replace(instance, policy=replace(instance.policy, **free)) for instance in drawn]
    pairs = [(least, optimum(other)) for (least, _), other in zip(found, looser, strict=True)]
    assert all(other <= least * (1 + 1e-6) + 1e-6 for least, other in pairs)
    assert sum(1 for least, other in pairs if INFEASIBLE > least > other * (1 + 1e-4) + 1e-4) > 1


def test_same_seed_gives_the_same_problem() -> None:
    assert random_full_instance(7) == random_full_instance(7)
    assert random_full_instance(7) != random_full_instance(8)
    assert random_full_instance(7).demand == random_instance(7).demand
