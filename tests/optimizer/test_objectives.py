"""Every objective to its optimum, and the least cost among the plans that are as good."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from models.instance import Instance
from models.plan import Plan, Result, Status
from models.records import Lane, Objective
from models.verifier import OBJECTIVE_CLAUSES, verify, verify_costs
from optimizer.progress import Progress
from optimizer.solve import solve
from optimizer.solvers import Answer, End, HighsProblem
from tests.models.random_full_instance import random_full_instance
from tests.models.small_instance import with_county, with_entries, with_good, with_option, with_policy
from tests.models.tiny_instance import tiny_instance
from tests.optimizer.solving import EXACTLY, instance_of, plants, whole
from tests.optimizer.test_known_optima_location import PEOPLE, SQUARES, covered, covering


def best(instance: Instance) -> Result:
    """The result, solved and verified, with an objective that is the verifier's and a bound that is one."""
    result = solve(instance, EXACTLY)
    assert result.status is Status.SOLVED
    assert result.plan is not None
    assert verify(instance, result.plan) == ()
    assert verify_costs(instance, result.plan, result.charges) == ()
    assert result.objective == OBJECTIVE_CLAUSES[instance.policy.objective](instance, result.plan)
    assert result.bound is not None
    assert result.bound <= result.objective
    assert result.gap == 0
    return result


def cost_of(result: Result) -> float:
    return sum(charge.amount for charge in result.charges)


class TestMaximalCovering:
    """The textbook's maximal covering as `greatest coverage`, where plants cost more than what they save."""

    @pytest.mark.parametrize("picks", [1, 2, 3, 4])
    def test_optimum(self, tmp_path: Path, picks: int) -> None:
        tables = covering(picks)
        tables["Designs"][0]["investment"] = 1000
        least_cost = solve(instance_of(tmp_path, tables), EXACTLY)
        assert least_cost.plan is not None
        assert plants(least_cost.plan) == {}
        tables["Settings"].append({"setting": "objective", "value": "greatest coverage"})
        result = best(instance_of(tmp_path, tables))
        people = {square: PEOPLE[square[0]][square[1]] for square in SQUARES}
        reached = (covered(centres) for centres in combinations(SQUARES, picks))
        left = sum(people.values()) - max(sum(people[square] for square in squares) for squares in reached)
        assert left == {1: 25, 2: 7, 3: 2, 4: 0}[picks]
        # A square has so many people, and as many tonnes at a penalty of 1.
        assert result.objective == pytest.approx(left, abs=1e-4)
        assert result.plan is not None
        begun = plants(result.plan)
        assert cost_of(result) == pytest.approx(1000 * len(begun) + left, abs=1e-3)
        assert len(begun) <= picks
        missed = {(int(county[1]), int(county[2])) for county, _, _ in tonnes(result.plan.shortage)}
        assert missed == set(SQUARES) - covered([(int(county[1]), int(county[2])) for county, _, _ in begun])


def tonnes(family: Mapping[tuple[str, str, int], float]) -> dict[tuple[str, str, int], int]:
    """Whole tonnes, but for what the cost may take of the objective."""
    return whole({index: amount for index, amount in family.items() if amount > 1e-3})


# Alder, 1000 people, wants 20 t and could make 20 for 30, of which it has 6. Birch, 3000 people, wants 10 t and could
# make 10 for 30. Imports are 10 a tonne, carrying from alder to birch is 1. The centre has 30.
PLAIN = with_county(tiny_instance(["alder", "birch"], central_funds={2027: 30}), "alder", local_funds=0)
POOR = with_county(PLAIN, "birch", population=3_000, local_funds=0)
TWO = with_entries(
    with_entries(
        with_option(with_county(POOR, "alder", local_funds=6), "alder", "mill", capacity=20),
        "demand",
        {("alder", "food", 2027): 20},
    ),
    "lanes",
    {("alder", "birch", "food"): Lane(10, 1)},
)


@pytest.mark.parametrize(
    ("objective", "value", "cost", "sent"),
    [
        # All 20 t stay in alder, 30 + 100. A mill in birch: 30 + 200.
        ("least cost", 130, 130, 0),
        # 10 t cover 3000 people in birch, the others half of alder's: 30 + 100 + 10. A mill in birch leaves 1000.
        ("greatest coverage", 500, 140, 10),
        # Two thirds of 20 and of 10: 30 + 100 + 20/3.
        ("greatest least coverage", 1 / 3, 130 + 20 / 3, 20 / 3),
        # 10 t to birch: the worse covered of two people has 1 where both live in birch, 9/16, and a half else. With 2/3
        # in both it would lack 1/3.
        ("greatest even coverage", 1 - 9 / 16 - 7 / 32, 140, 10),
        # The only mill that keeps the floor makes 20 t, of 30 t wanted.
        ("least concentration", 2 / 3, 135, 5),
        # Half of 20 and of 10 t are enough, but 5 t more for alder save 50: 30 + 100 + 5. Alder pays 6 of 30.
        ("least central funds", 24, 135, 5),
    ],
)
def test_each_by_hand(objective: Objective, value: float, cost: float, sent: float) -> None:
    floor = 0.5 if objective in ("least central funds", "least concentration") else 0
    result = best(with_policy(TWO, objective=objective, coverage_floor=floor))
    assert result.objective == pytest.approx(value, rel=1e-5)
    assert cost_of(result) == pytest.approx(cost, rel=1e-5)
    assert result.plan is not None
    assert result.plan.ship.get(("alder", "birch", "food", 2027), 0.0) == pytest.approx(sent, abs=1e-3)


def test_cost_decides_among_plans_as_good() -> None:
    # Birch has a thousand people as well, and there is no lane: a mill in either covers as many, but in alder it saves
    # 200 of imports, in birch 100.
    equal = with_county(with_entries(POOR, "demand", {("alder", "food", 2027): 20}), "birch", population=1_000)
    result = best(with_policy(with_option(equal, "alder", "mill", capacity=20), objective="greatest coverage"))
    assert result.objective == pytest.approx(1_000)
    assert cost_of(result) == pytest.approx(130, rel=1e-5)
    # Where imports to alder are not wanted, the same of birch.
    other = with_entries(equal, "demand", {("alder", "food", 2027): 5})
    assert cost_of(best(with_policy(other, objective="greatest coverage"))) == pytest.approx(80, rel=1e-5)


def test_cost_decides_where_all_are_covered() -> None:
    # Asked for next to nothing uncovered, instead of nothing, HiGHS 1.15.1 finds no plan and the cost stays 703.97.
    result = best(random_full_instance(1358))
    assert result.objective == 0
    assert cost_of(result) == pytest.approx(310.731847)


def test_nothing_is_built_that_the_objective_does_not_ask_for() -> None:
    # Nobody is better off with a second mill in alder, which costs 30.
    two = with_option(tiny_instance(), "alder", "mill", max_plants=2)
    assert cost_of(best(with_policy(two, objective="greatest coverage"))) == pytest.approx(30, rel=1e-5)


@pytest.mark.parametrize("objective", ["greatest coverage", "greatest least coverage"])
def test_what_cost_may_take_of_the_objective_is_no_gap(objective: Objective) -> None:
    # A tonne made costs 15 and an import 10, so the least-cost plan among the best gives up as much of the best as it
    # may.
    dear = with_option(tiny_instance(), "alder", "mill", variable_cost=15)
    result = best(with_policy(dear, objective=objective))
    assert result.objective == pytest.approx(0, abs=1e-5)
    assert cost_of(result) == pytest.approx(180, rel=1e-5)


@pytest.mark.parametrize("objective", ["greatest coverage", "greatest least coverage", "least central funds"])
def test_no_plan_for_any_objective(objective: Objective) -> None:
    # All must be made at home, and there is money for one mill of two.
    must = with_policy(POOR, objective=objective, coverage_floor=1)
    result = solve(must, EXACTLY)
    assert result.status is Status.INFEASIBLE
    assert (result.plan, result.objective, result.gap) == (None, None, None)
    both = solve(with_entries(must, "central_funds", {2027: 60}), EXACTLY)
    assert both.status is Status.SOLVED


def test_years_before_count_for_cost_alone() -> None:
    # From 2028 on a mill is wanted, whatever it costs. Begun in 2027 it saves imports for 100 as well, for 90 a year
    # that it runs; begun in 2028 it does not.
    late = with_option(tiny_instance(years=2), "alder", "mill", fixed_cost=90, investment=200)
    result = best(with_policy(late, objective="greatest coverage", objective_from=2028))
    assert result.plan is not None
    assert plants(result.plan) == {("alder", "mill", 2027): 1}
    assert cost_of(result) == pytest.approx(380, rel=1e-5)
    dearer = with_policy(
        with_option(late, "alder", "mill", fixed_cost=110), objective="greatest coverage", objective_from=2028
    )
    assert plants(plan_of(best(dearer))) == {("alder", "mill", 2028): 1}


def plan_of(result: Result) -> Plan:
    assert result.plan is not None
    return result.plan


def test_interrupted_before_cost_has_decided() -> None:
    """The plan is as good as any by its objective, but not known to be the cheapest of these."""
    told: list[str] = []

    def stop() -> bool:
        return "settling the quantities" in told

    instance = with_policy(TWO, objective="greatest coverage")
    result = solve(instance, EXACTLY, progress=lambda step: told.append(step.stage), should_stop=stop)
    assert result.status is Status.SOLVED
    assert told.count("building the problem") == 1
    assert result.interrupted


def test_interrupted_while_cost_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    real, ends = HighsProblem.solve, [End.FINISHED, End.INTERRUPTED]

    def play(problem: HighsProblem, *arguments: Any, **named: Any) -> Answer:
        return replace(real(problem, *arguments, **named), end=ends.pop(0))

    monkeypatch.setattr(HighsProblem, "solve", play)
    result = solve(with_policy(TWO, objective="greatest coverage"), EXACTLY, should_stop=lambda: not ends)
    assert ends == []
    assert result.status is Status.SOLVED
    assert result.interrupted


def test_objective_is_told_while_it_is_searched() -> None:
    told: list[Progress] = []
    aim = with_policy(with_good(TWO, "food", import_price=10), objective="greatest coverage")
    solve(aim, EXACTLY, progress=told.append)
    assert [step.stage for step in told].count("building the problem") == 2
    assert told[-1].stage == "verifying the plan"
    assert told[-1].incumbent == pytest.approx(500)
