"""A known plan to begin with, in a problem that is searched in one piece."""

from dataclasses import replace
from typing import Any

import pytest

from models.plan import Plan, Status
from models.verifier import verify
from optimizer.solve import TOLERANCE, solve
from optimizer.solvers import Answer, End, HighsProblem
from tests.models.random_full_instance import random_full_instance
from tests.models.small_instance import with_policy
from tests.models.tiny_instance import a_plan
from tests.optimizer.assessed_instance import assessed_instance
from tests.optimizer.solving import EXACTLY

INSTANCE = with_policy(assessed_instance(), min_plants=1)
"""Its best plan, birch before alder or cedar, costs 360."""


def alder_first() -> Plan:
    """The plan of alder before birch, which costs 460."""
    joins = {("alder", 2027): 1.0, ("birch", 2028): 1.0}
    return a_plan(select=joins, start={(county, "mill", year): 1.0 for county, year in joins})


class Stopped:
    """Plays a search that its time limit stops, unless some columns are held or a start is given."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, values: Any = None, improve: bool = False) -> None:
        self.held: dict[str, tuple[float, float]] = {}
        self.starts: list[float] = []
        real_solve, real_bounds = HighsProblem.solve, HighsProblem.bound_columns

        def bound_columns(problem: HighsProblem, bounds: dict[str, tuple[float, float]]) -> None:
            self.held = dict(bounds)
            real_bounds(problem, bounds)

        def play(problem: HighsProblem, *arguments: Any, **named: Any) -> Answer:
            if self.held:
                return real_solve(problem, *arguments, **named)
            start = named.get("start")
            if start is None:
                objective = None if values is None else values
                found = None if values is None else real_solve(problem, *arguments, **named).values
                return Answer(End.LIMIT, found, objective, 300.0)
            known = problem.answer_of(start)
            assert known is not None
            assert known.objective is not None
            self.starts.append(known.objective)
            return real_solve(problem, *arguments, **named) if improve else Answer(End.LIMIT, None, None, None)

        monkeypatch.setattr(HighsProblem, "bound_columns", bound_columns)
        monkeypatch.setattr(HighsProblem, "solve", play)


def test_comes_back_where_the_search_finds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    played = Stopped(monkeypatch)
    found = solve(INSTANCE, EXACTLY, start=alder_first())
    assert found.status is Status.STOPPED
    assert (found.objective, found.bound) == pytest.approx((460, 300))
    assert found.plan is not None
    assert found.plan.select == alder_first().select
    assert verify(INSTANCE, found.plan, TOLERANCE) == ()
    assert played.starts == pytest.approx([460])


def test_is_improved_in_the_time_that_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    Stopped(monkeypatch, improve=True)
    found = solve(INSTANCE, EXACTLY, start=alder_first())
    assert found.status is Status.STOPPED
    assert (found.objective, found.bound) == pytest.approx((360, 300))


def test_is_within_the_gap_once_it_is_improved(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bound of 300 is a sixth below 360, and a third below 460."""
    Stopped(monkeypatch, improve=True)
    found = solve(INSTANCE, replace(EXACTLY, gap=0.2), start=alder_first())
    assert found.status is Status.SOLVED
    assert (found.objective, found.bound) == pytest.approx((360, 300))


def test_gives_way_to_a_plan_as_good(monkeypatch: pytest.MonkeyPatch) -> None:
    played = Stopped(monkeypatch, values=360.0)
    found = solve(INSTANCE, EXACTLY, start=alder_first())
    assert found.status is Status.STOPPED
    assert found.objective == pytest.approx(360)
    assert played.starts == []


def test_is_left_aside_where_it_does_not_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    decided = replace(INSTANCE, decided={"birch": 2027})
    assert solve(decided, EXACTLY, start=alder_first()).objective == pytest.approx(360)
    Stopped(monkeypatch)
    assert solve(decided, EXACTLY, start=alder_first()).status is Status.NO_PLAN


def test_stands_against_a_worse_one_within_the_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    """A gap of a half lets the search end with any plan; here with alder first."""
    real = HighsProblem.solve
    worse = solve(replace(INSTANCE, decided={"alder": 2027}), EXACTLY).objective
    assert worse == pytest.approx(460)

    def play(problem: HighsProblem, *arguments: Any, **named: Any) -> Answer:
        found = real(problem, *arguments, **named)
        return found if named.get("proof") is False else replace(found, objective=460.0, bound=300.0)

    monkeypatch.setattr(HighsProblem, "solve", play)
    found = solve(INSTANCE, replace(EXACTLY, gap=0.5), start=birch_first())
    assert found.status is Status.SOLVED
    assert found.plan is not None
    assert found.plan.select == birch_first().select
    assert (found.objective, found.bound) == pytest.approx((360, 300))


def birch_first() -> Plan:
    """The best plan."""
    joins = {("birch", 2027): 1.0, ("alder", 2028): 1.0}
    return a_plan(select=joins, start={(county, "mill", year): 1.0 for county, year in joins})


def test_refutes_what_is_proven_above_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A solver that takes 460 for the optimum proves nothing to who has a plan of 360."""
    real = HighsProblem.solve

    def play(problem: HighsProblem, *arguments: Any, **named: Any) -> Answer:
        found = real(problem, *arguments, **named)
        return found if named.get("proof") is False else replace(found, objective=460.0, bound=460.0)

    monkeypatch.setattr(HighsProblem, "solve", play)
    found = solve(INSTANCE, EXACTLY, start=birch_first())
    assert (found.status, found.bound, found.gap) == (Status.STOPPED, None, None)
    assert found.objective == pytest.approx(360)


@pytest.mark.parametrize("interrupted", [False, True])
def test_comes_back_after_an_interruption(interrupted: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    Stopped(monkeypatch)
    asked: list[str] = []

    def stop() -> bool:
        return interrupted and "solving" in asked

    found = solve(INSTANCE, EXACTLY, start=alder_first(), should_stop=stop, progress=lambda p: asked.append(p.stage))
    assert found.objective == pytest.approx(460)


@pytest.mark.parametrize("seed", range(12))
def test_changes_nothing_where_the_search_comes_to_its_end(seed: int) -> None:
    instance = random_full_instance(seed)
    plain = solve(instance, EXACTLY)
    begun = solve(instance, EXACTLY, start=plain.plan)
    assert (begun.status, begun.objective, begun.bound) == (plain.status, plain.objective, plain.bound)
    assert begun.plan == plain.plan
