"""On problems drawn at random, rules, costs, verifier and solver tell the same story."""

from dataclasses import replace

import pytest

from models.costs import charges_of
from models.instance import Instance
from models.verifier import COST_CLAUSES, verify, verify_costs
from tests.models.evaluation import INFEASIBLE, optimal_plan, optimum, without_column
from tests.models.random_instance import random_instance

SEEDS = range(30)


def of_scale(instance: Instance, scale: str) -> Instance:
    """The same problem with plants of one scale only."""
    kept = {place: option for place, option in instance.options.items() if instance.designs[place[1]].scale == scale}
    return replace(instance, options=kept)


@pytest.mark.parametrize("seed", SEEDS)
def test_optimal_plan_keeps_every_rule_at_the_cost_it_was_found_for(seed: int) -> None:
    instance = random_instance(seed)
    least, plan = optimal_plan(instance)
    if plan is None:
        return
    assert verify(instance, plan) == ()
    charges = charges_of(instance, plan)
    assert sum(charge.amount for charge in charges) == pytest.approx(least)
    assert sum(clause(instance, plan) for clause in COST_CLAUSES.values()) == pytest.approx(least)
    assert verify_costs(instance, plan, charges) == ()
    assert without_column(instance, plan) == []


def test_most_have_a_plan_that_builds() -> None:
    plans = [optimal_plan(random_instance(seed))[1] for seed in SEEDS]
    assert sum(1 for plan in plans if plan is not None and plan.start) > len(plans) / 2
    assert sum(1 for plan in plans if plan is None) < len(plans) / 3


@pytest.mark.parametrize("seed", SEEDS)
def test_both_scales_cost_no_more_than_either(seed: int) -> None:
    instance = random_instance(seed)
    both = optimum(instance)
    for scale in instance.scales:
        alone = optimum(of_scale(instance, scale))
        assert alone == INFEASIBLE or both <= alone * (1 + 1e-6) + 1e-6


def test_same_seed_gives_the_same_problem() -> None:
    assert random_instance(7) == random_instance(7)
    assert random_instance(7) != random_instance(8)
