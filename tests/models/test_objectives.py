"""`objectives`: what a plan makes least, in the problem as in the verifier, and the cost among plans as good."""

from collections.abc import Mapping
from typing import Any, get_args

import pulp
import pytest

from models.instance import Instance
from models.objectives import OBJECTIVES, worst_uncovered
from models.problem import KEPT, build_problem
from models.records import Objective
from models.rules import RULES
from models.verifier import OBJECTIVE_CLAUSES
from optimizer.solvers import constraints_of
from tests.models.budgeted_instance import budgeted_instance, budgeted_plan
from tests.models.evaluation import INFEASIBLE, optimum, solved, values_of
from tests.models.evenness import bookkeeping, people_apart
from tests.models.small_instance import (
    changed,
    with_county,
    with_entries,
    with_good,
    with_option,
    with_policy,
    with_province,
    without_entries,
)
from tests.models.tiny_instance import divided_instance, tiny_instance

# The small plan with its budgets, a support base, and counties of different size; alder's people want no cloth in 2028.
SIZES = with_county(with_county(budgeted_instance(), "birch", population=20_000), "cedar", population=45_000)
CASE = with_province(
    with_entries(SIZES, "demand", {("alder", "cloth", 2028): 0}),
    "north",
    support_uplift=0.1,
    support_cost=20,
)
PLAN = changed(budgeted_plan(CASE), support={("north", 2028): 1})


def aiming(instance: Instance, objective: Objective, **policy: object) -> Instance:
    return with_policy(instance, objective=objective, **policy)


def value_of(instance: Instance, **bookkeeping: Mapping[Any, float]) -> float:
    """The objective of the built problem at the plan."""
    problem, _ = build_problem(instance, rules=())
    values = values_of(instance, PLAN, **bookkeeping)
    return float(sum(rate * values.get(column.name, 0.0) for column, rate in problem.objective.items()))


def test_every_objective_is_here() -> None:
    assert set(OBJECTIVES) == set(get_args(Objective))


BOOKKEPT = {"greatest least coverage", "greatest even coverage", "least concentration"}
"""Objectives that count a variable of their own, which the plan does not have."""


@pytest.mark.parametrize("objective", [name for name in OBJECTIVES if name not in BOOKKEPT])
@pytest.mark.parametrize("first", [2027, 2029])
def test_problem_and_verifier_agree(objective: Objective, first: int) -> None:
    case = aiming(CASE, objective, objective_from=first)
    assert value_of(case) == pytest.approx(OBJECTIVE_CLAUSES[objective](case, PLAN))
    assert value_of(case) > 0


@pytest.mark.parametrize("first", [2027, 2029])
def test_problem_and_verifier_agree_on_the_worst(first: int) -> None:
    case = aiming(CASE, "greatest least coverage", objective_from=first)
    worst = OBJECTIVE_CLAUSES["greatest least coverage"](case, PLAN)
    assert value_of(case, worst_uncovered={(): worst}) == pytest.approx(worst)
    problem, _ = build_problem(case, rules=())
    rows = [row for name, row in constraints_of(problem) if name.startswith("worst_uncovered.")]
    for size, fits in ((worst, True), (0.99 * worst, False)):
        values = values_of(case, PLAN, worst_uncovered={(): size})
        over = [sum(rate * values.get(column.name, 0.0) for column, rate in row.items()) for row in rows]
        assert (min(over) >= -1e-9) == fits


def test_only_the_worst_needs_rows_of_its_own() -> None:
    for objective in get_args(Objective):
        problem, variables = build_problem(aiming(CASE, objective), rules=())
        named = [name for name, _ in constraints_of(problem) if name.startswith(worst_uncovered.__name__)]
        # Three counties, two goods and three years, less one that is not wanted.
        assert len(named) == (17 if objective == "greatest least coverage" else 0)
        assert len(variables.worst_uncovered) == (1 if named else 0)


class TestKept:
    def test_cost_is_made_least_among_plans_as_good(self) -> None:
        # A tonne costs 15 at the mill, which is 30, and 10 by import. While nobody is to be uncovered all is made, for
        # 180; each 100 people of 1000 who may be are a tonne imported, and without the mill all is.
        dear = aiming(with_option(tiny_instance(), "alder", "mill", variable_cost=15), "greatest coverage")
        assert optimum(dear) == pytest.approx(0)
        for kept, cost in ((0, 180), (400, 160), (900, 135), (1000, 100)):
            problem, _ = build_problem(dear, kept=kept)
            problem.solve(pulp.HiGHS(msg=False))
            assert pulp.value(problem.objective) == pytest.approx(cost)

    def test_row_is_there_only_then(self) -> None:
        case = aiming(CASE, "greatest coverage")
        without, _ = build_problem(case)
        assert KEPT not in dict(constraints_of(without))
        problem, _ = build_problem(case, kept=7.0)
        row = dict(constraints_of(problem))[KEPT]
        assert (row.sense, -row.constant) == (-1, 7)
        cost, _ = build_problem(with_policy(case, objective="least cost"))
        assert {c.name: rate for c, rate in problem.objective.items()} == {
            c.name: rate for c, rate in cost.objective.items()
        }


# Food in alder and birch, mills of 10 t for 30.
TWO = with_county(tiny_instance(["alder", "birch"], central_funds={2027: 30}), "birch", population=1_500)
POOR = with_county(with_county(TWO, "alder", local_funds=0), "birch", local_funds=0)


class TestGreatestCoverage:
    def test_people_count(self) -> None:
        # There is money for one mill. In alder it would save 100 of imports, in birch it covers 1,500 people.
        aim = aiming(with_good(POOR, "food", import_price=10), "greatest coverage")
        least, _, variables = solved(aim, RULES)
        assert least == pytest.approx(1000)
        assert variables.start["birch", "mill", 2027].varValue == pytest.approx(1)

    def test_tonnes_do_not(self) -> None:
        # Alder's people want 20 t, and cost decides for a mill there; its 10 t cover half of a thousand people.
        more = with_entries(with_option(POOR, "alder", "mill", capacity=20), "demand", {("alder", "food", 2027): 20})
        _cheapest, variables = solved(more, RULES)[1:]  # variables live no longer than their problem
        assert variables.start["alder", "mill", 2027].varValue == pytest.approx(1)
        aim = aiming(more, "greatest coverage")
        least, _widest, variables = solved(aim, RULES)
        assert least == pytest.approx(1000)
        assert variables.start["birch", "mill", 2027].varValue == pytest.approx(1)

    def test_imports_and_shortage_count_alike(self) -> None:
        short = with_good(TWO, "food", import_price=10, shortage_penalty=1)
        none = without_entries(short, "options", ("alder", "mill"), ("birch", "mill"))
        assert optimum(aiming(none, "greatest coverage")) == pytest.approx(2_500)

    def test_years_before_do_not_count(self) -> None:
        none = without_entries(tiny_instance(years=3), "options", ("alder", "mill"))
        assert optimum(aiming(none, "greatest coverage")) == pytest.approx(3_000)
        assert optimum(aiming(none, "greatest coverage", objective_from=2029)) == pytest.approx(1_000)


class TestGreatestLeastCoverage:
    def test_worst_county_counts(self) -> None:
        # A mill in alder sends to birch as well: of 10 t each has half. By people or cost nobody need care who has it.
        lanes = with_entries(POOR, "lanes", {("alder", "birch", "food"): POOR.lanes["alder", "alder", "food"]})
        assert optimum(aiming(lanes, "greatest least coverage")) == pytest.approx(0.5)
        # With 30 t wanted in birch, 10 of 40: each has a quarter of it.
        more = with_entries(lanes, "demand", {("birch", "food", 2027): 30})
        assert optimum(aiming(more, "greatest least coverage")) == pytest.approx(0.75)

    def test_no_plan_is_no_plan(self) -> None:
        must = without_entries(with_good(TWO, "food", import_price=None), "options", ("alder", "mill"))
        assert optimum(aiming(must, "greatest least coverage")) == INFEASIBLE


class TestGreatestEvenCoverage:
    @pytest.mark.parametrize("weight", [0.0, 0.25, 1.0])
    @pytest.mark.parametrize("first", [2027, 2029])
    def test_problem_and_verifier_agree(self, weight: float, first: int) -> None:
        case = aiming(CASE, "greatest even coverage", objective_from=first, coverage_weight=weight)
        value = OBJECTIVE_CLAUSES["greatest even coverage"](case, PLAN)
        assert value > 0
        assert value_of(case, **bookkeeping(case, PLAN)) == pytest.approx(value)

    def test_rows_allow_no_less(self) -> None:
        case = aiming(CASE, "greatest even coverage")
        known = bookkeeping(case, PLAN)
        problem, _ = build_problem(case, rules=())
        rows = [(name, row) for name, row in constraints_of(problem) if name.startswith("unevenness.")]
        assert len(rows) == 3 * (3 + 3 + 1)  # coverage, pairs and the sum, in each year
        for share, breached in ((1.0, 0), (0.99, 3)):
            less = {**known, "unevenness": {key: share * value for key, value in known["unevenness"].items()}}
            values = values_of(case, PLAN, **less)
            over = [
                name
                for name, row in rows
                if row.sense > 0
                and sum(rate * values.get(column.name, 0.0) for column, rate in row.items()) + row.constant < -1e-9
            ]
            assert len(over) == breached

    @pytest.mark.parametrize(
        ("weight", "least", "birch"),
        [
            # Alder's mill has 10 t for the 20 of both. Let a in alder and 1 - a in birch be covered, where half as many
            # people more live: shares 0.4 and 0.6. Two drawn at random differ by |2a - 1| with a chance of 0.48:
            # unevenness 0.24 |2a - 1|, mean 0.6 - 0.2a. With a = 0.5: 0 + 0.5. All to birch: 0.24 + 0.4 = 0.64.
            (1.0, 0.5, 5),
            # To supply nobody is as even, where that alone counts.
            (0.0, 0.0, None),
        ],
    )
    def test_effect(self, weight: float, least: float, birch: float | None) -> None:
        lanes = with_entries(POOR, "lanes", {("alder", "birch", "food"): POOR.lanes["alder", "alder", "food"]})
        aim = aiming(without_entries(lanes, "options", ("birch", "mill")), "greatest even coverage")
        found, _problem, variables = solved(with_policy(aim, coverage_weight=weight), RULES)
        assert found == pytest.approx(least)
        if birch is not None:
            assert variables.ship["alder", "birch", "food", 2027].varValue == pytest.approx(birch)

    def test_nobody_wants_anything(self) -> None:
        none = with_entries(TWO, "demand", {("alder", "food", 2027): 0, ("birch", "food", 2027): 0})
        assert optimum(aiming(none, "greatest even coverage")) == 0

    def test_what_two_people_have_in_common(self) -> None:
        # The worse covered of two people drawn at random lacks as much as the objective says.
        case = aiming(CASE, "greatest even coverage", objective_from=2029)
        lacks = people_apart(case, PLAN, 2029, lambda one, other: 1 - min(one, other))
        assert OBJECTIVE_CLAUSES["greatest even coverage"](case, PLAN) == pytest.approx(lacks)


class TestLeastConcentration:
    def test_problem_and_verifier_agree(self) -> None:
        case = aiming(CASE, "least concentration")
        value = OBJECTIVE_CLAUSES["least concentration"](case, PLAN)
        assert value > 0
        assert value_of(case, concentration={(): value}) == pytest.approx(value)
        problem, _ = build_problem(case, rules=())
        rows = {name: row for name, row in constraints_of(problem) if name.startswith("concentration.")}
        for size, fits in ((value, True), (0.99 * value, False)):
            values = values_of(case, PLAN, concentration={(): size})
            over = [sum(rate * values.get(c.name, 0.0) for c, rate in row.items()) for row in rows.values()]
            assert (min(over) >= -1e-9) == fits

    def test_effect(self) -> None:
        # Half of what three counties want, 15 of 30 t, must be made, by mills of 10 t: two in the north are two thirds
        # of all demand, one there and one in the south a third each.
        three = divided_instance("alder", "birch", "cedar", southern="cedar")
        floor = with_policy(three, uncovered_cap=1_500)
        assert optimum(aiming(floor, "least concentration")) == pytest.approx(1 / 3)
        barred = without_entries(floor, "options", ("cedar", "mill"))
        assert optimum(aiming(barred, "least concentration")) == pytest.approx(2 / 3)

    def test_nothing_without_a_floor(self) -> None:
        assert optimum(aiming(TWO, "least concentration")) == 0

    def test_goods_that_nobody_wants_do_not_count(self) -> None:
        none = with_entries(TWO, "demand", {("alder", "food", 2027): 0, ("birch", "food", 2027): 0})
        built = aiming(with_policy(none, min_plants=1, join_all=True), "least concentration")
        assert optimum(built) == 0


class TestLeastCentralFunds:
    def test_own_funds_come_first(self) -> None:
        # Half of all demand at home: a mill of 30, of which alder pays 12 and birch could pay 20.
        half = with_policy(with_county(with_county(TWO, "alder", local_funds=12), "birch", local_funds=20))
        floor = with_policy(half, coverage_floor=0.5, coverage_floor_from=2027)
        aim = aiming(with_entries(floor, "central_funds", {2027: 100}), "least central funds")
        # Each county needs its own mill, 18 + 10.
        assert optimum(aim) == pytest.approx(28)
        # With a lane from birch its mill is enough, 10.
        joint = with_entries(aim, "lanes", {("birch", "alder", "food"): aim.lanes["alder", "alder", "food"]})
        assert optimum(joint) == pytest.approx(10)

    def test_nothing_without_a_floor(self) -> None:
        assert optimum(aiming(POOR, "least central funds")) == 0

    def test_later_money_counts_less(self) -> None:
        # The floor is for 2028 only, and money of 2028 weighs 0.8.
        late = tiny_instance(years=2, discount_rate=0.25)
        aim = aiming(
            with_county(late, "alder", local_funds=0),
            "least central funds",
            coverage_floor=0.5,
            coverage_floor_from=2028,
        )
        assert optimum(aim) == pytest.approx(24)
