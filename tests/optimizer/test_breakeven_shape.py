"""The shape of least cost is told from the data, and the lists of figures that this rests on are right."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from models.instance import Instance
from models.parts import least_cost
from models.problem import build_problem
from models.verifier import verify
from optimizer.breakeven.shape import BETTER, UTILISATION, WORSE, Path, Shape, cost_only, differences, shape_of
from optimizer.solvers import constraints_of
from tests.models.evaluation import optimal_plan, optimum
from tests.models.random_full_instance import random_full_instance
from tests.models.random_instance import random_instance
from tests.optimizer.breakeven_case import two_counties

SEEDS = range(6)
VALUES = (0.0, 1.0, 3.0)


def with_figure(instance: Instance, path: Path, factor: float) -> Instance:
    """The instance with every figure at a path times a factor."""
    table = getattr(instance, path[0])
    if path[0] == "policy":
        return replace(instance, policy=replace(table, **{path[1]: getattr(table, path[1]) * factor}))
    if len(path) == 1:
        return replace(instance, **{path[0]: {key: figure * factor for key, figure in table.items()}})
    changed = {}
    for key, row in table.items():
        figure = getattr(row, path[1])
        if isinstance(figure, Mapping):
            figure = {part: amount * factor for part, amount in figure.items()}
        elif figure is not None:
            figure *= factor
        changed[key] = replace(row, **{path[1]: figure})
    fields: dict[str, Any] = {path[0]: changed}
    return replace(instance, **fields)


def rows(instance: Instance) -> dict[str, Any]:
    """Every row of the rules, by name: coefficients, sense and constant."""
    problem, _ = build_problem(instance, tightenings=())
    return {
        name: ({column.name: value for column, value in row.items()}, row.sense, row.constant)
        for name, row in constraints_of(problem)
    }


def problems() -> list[Instance]:
    """Random problems with every rule, and with those set so that prices enter no rule."""
    found = [random_full_instance(seed) for seed in SEEDS]
    plain = {"plant_income_share": 0.0, "local_input_share": 0.0, "least_stipend": 0.0}
    return found + [replace(one, policy=replace(one.policy, **plain)) for one in found]


@pytest.mark.parametrize("number", range(2 * len(SEEDS)))
def test_what_enters_costs_alone_is_in_no_rule(number: int) -> None:
    instance = problems()[number]
    before = rows(instance)
    for path in sorted(cost_only(instance.policy)):
        assert rows(with_figure(instance, path, 1.7)) == before, path


@pytest.mark.parametrize("seed", SEEDS)
def test_what_enters_costs_alone_is_in_no_clause_of_the_verifier(seed: int) -> None:
    instance = random_instance(seed)
    _, found = optimal_plan(instance)
    for path in sorted(cost_only(instance.policy)):
        assert found is None or verify(with_figure(instance, path, 1.7), found) == ()


def test_policy_decides_what_enters_costs_alone() -> None:
    policy = two_counties("county", 0.1).policy
    assert ("options", "variable_cost") in cost_only(policy)
    assert ("options", "variable_cost") not in cost_only(replace(policy, plant_income_share=0.2))
    assert ("inputs", "bought_price") in cost_only(policy)
    assert ("inputs", "bought_price") not in cost_only(replace(policy, local_input_share=0.5))
    assert ("counties", "market_product") not in cost_only(replace(policy, least_stipend=0.1))
    assert cost_only(replace(policy, cost_cap=1000.0)) == frozenset()
    assert ("options", "investment") not in cost_only(policy)


def shape_over(made: Callable[[float], Instance]) -> Shape:
    return shape_of([made(value) for value in VALUES], VALUES)


def test_freight_is_concave() -> None:
    assert shape_over(lambda rate: two_counties("provincial", rate)) == "concave"


def test_what_changes_nothing_is_constant() -> None:
    assert shape_over(lambda rate: two_counties("provincial", 0.1)) == "constant"


def test_costs_along_a_curve_only_rise() -> None:
    assert shape_over(lambda rate: two_counties("provincial", rate**2)) == "rising"
    assert shape_over(lambda rate: two_counties("provincial", 1 / (1 + rate))) == "falling"
    assert shape_over(lambda rate: two_counties("provincial", (rate - 1) ** 2)) == "free"


def test_an_exponent_only_rises() -> None:
    assert shape_over(lambda rate: two_counties("provincial", 0.1, rate)) == "rising"


def test_means_only_fall() -> None:
    def with_funds(funds: float) -> Instance:
        return replace(two_counties("provincial", 0.1), central_funds={2027: funds})

    assert shape_over(with_funds) == "falling"


def test_what_is_better_and_worse_at_once_is_free() -> None:
    def mixed(rate: float) -> Instance:
        return replace(two_counties("provincial", 0.1, rate), central_funds={2027: 100 * rate})

    assert shape_over(mixed) == "free"


def test_utilisation_is_free_where_plants_owe_a_part_of_it() -> None:
    def used(share: float, quota: float) -> Instance:
        whole = two_counties("provincial", 0.1)
        designs = {
            code: replace(made, utilisation=(1 + share) / 4, quota=quota) for code, made in whole.designs.items()
        }
        return replace(whole, designs=designs)

    assert shape_over(lambda share: used(share, 0.0)) == "falling"
    assert shape_over(lambda share: used(share, 0.2)) == "free"


def test_another_objective_is_free() -> None:
    def covering(rate: float) -> Instance:
        whole = two_counties("provincial", rate)
        return replace(whole, policy=replace(whole.policy, objective="greatest coverage"))

    assert shape_over(covering) == "free"


def test_tables_with_other_keys_are_free() -> None:
    whole = two_counties("provincial", 0.1)
    other = replace(whole, options={})
    assert list(differences([whole, other])) == [(("options",), None)]
    assert shape_of([whole, whole, other], VALUES) == "free"


@pytest.mark.parametrize("seed", [1, 2, 3, 5, 7, 9])
def test_least_cost_never_falls_with_what_is_worse_nor_rises_with_what_is_better(seed: int) -> None:
    whole = least_cost(random_full_instance(seed) if seed % 2 else random_instance(seed))
    before = optimum(whole)
    without_quota = all(design.quota == 0 for design in whole.designs.values())
    for path in sorted(WORSE | cost_only(whole.policy)):
        assert optimum(with_figure(whole, path, 0.7)) <= before + 1e-6 * max(1.0, abs(before)), path
    for path in sorted(BETTER | (UTILISATION if without_quota else set())):
        assert before <= optimum(with_figure(whole, path, 0.7)) + 1e-6 * max(1.0, abs(before)), path


def test_two_values_say_nothing_of_straight_lines() -> None:
    with pytest.raises(ValueError, match="three values"):
        shape_of([two_counties("provincial", rate) for rate in VALUES[:2]], VALUES[:2])


def test_differences_name_where_figures_stand() -> None:
    one, other = two_counties("provincial", 0.1), two_counties("provincial", 0.3)
    assert list(differences([one, other])) == [(("lanes", "cost"), [pytest.approx(10.0), pytest.approx(30.0)])]
    assert list(differences([one, one])) == []
