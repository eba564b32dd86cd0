"""Setting aside rules on one county alone may make others ask for more: then nothing is proven without them."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from models.instance import Instance
from models.plan import Result, Status
from models.records import NO_LIMIT, Province
from optimizer.runs import RunPool
from optimizer.solve import solve
from optimizer.why.obstacles import addresses_only, last_chance, obstacles, only_relaxes, with_choice
from optimizer.why.searches import explain_choice
from reports.why import Why
from tests.models.small_instance import with_option, with_policy
from tests.models.tiny_instance import tiny_instance
from tests.optimizer.solving import EXACTLY


def problem(
    begins: Mapping[str, int | None], picks: Mapping[int, int], dear: Mapping[str, float], exact: bool = False
) -> Instance:
    """Counties that may join from a year on (None: barred), each with a mill when it does; some of these are dear."""
    instance = tiny_instance(tuple(begins), years=len(picks), picks=dict(picks), discount_rate=0.5)
    instance = with_policy(instance, min_plants=1, picks_exact=exact)
    for county, investment in dear.items():
        instance = with_option(instance, county, "mill", investment=investment)
    counties = {code: replace(place, eligible_from=begins[code]) for code, place in instance.counties.items()}
    return replace(instance, counties=counties)


LATE = problem(
    {"alder": 2028, "birch": 2027, "cedar": 2028, "dogwood": 2028, "elm": 2028},
    {2027: 2, 2028: 1, 2029: 1},
    {"alder": 500, "cedar": 600},
    exact=True,
)
"""In 2027 birch alone may join. Were alder allowed to as well, two would have to."""


def why(instance: Instance, county: str, known: Result) -> Why:
    with RunPool() as pool:
        return explain_choice(instance, county, known, EXACTLY, pool, depth="swap")


def holds(answer: Why) -> None:
    """What is told of each choice, and the bound on all, against searches of their own."""
    best = solve(answer.instance, EXACTLY).objective
    assert best is not None
    assert answer.result.bound is not None
    assert answer.result.bound <= best + 1e-4
    for choice in answer.forced:
        if choice.result is None:
            continue
        found = solve(with_choice(answer.instance, answer.county, choice.year), EXACTLY)
        assert (found.status is Status.INFEASIBLE) >= (choice.result.status is Status.INFEASIBLE)
        if found.objective is None:
            continue
        if choice.cost.least is not None:
            assert choice.cost.least <= found.objective - best + 1e-4
        if choice.cost.most is not None:
            assert choice.cost.most >= found.objective - best - 1e-4


def test_more_picks_would_be_due() -> None:
    assert not only_relaxes(LATE, "alder")
    answer = why(LATE, "alder", solve(LATE, EXACTLY))
    holds(answer)
    told = {choice.year: choice.cost.found for choice in answer.forced}
    assert told[2027] is None
    assert told[2028] == pytest.approx(313.333, abs=1e-3)
    assert told[2029] == pytest.approx(208.889, abs=1e-3)
    assert any("not told for joining in 2027" in remark for remark in answer.remarks)


def test_the_last_year_without_a_place() -> None:
    """Where bounds were those of another problem, the exchange of what both know to be impossible came to no number."""
    begins = {"alder": 2028, "birch": 2027, "cedar": 2028}
    instance = problem(begins, {2027: 2, 2028: 1, 2029: 0}, {"alder": 500}, exact=True)
    for county in begins:
        holds(why(instance, county, solve(instance, EXACTLY)))


def worse(instance: Instance, decided: Mapping[str, int]) -> Result:
    """A plan that is not the best, with a bound far off."""
    found = solve(replace(instance, decided=dict(decided)), EXACTLY)
    assert found.objective is not None
    return replace(found, status=Status.STOPPED, bound=0.1 * found.objective, gap=0.9)


def test_all_would_have_to_join() -> None:
    instance = with_policy(problem({"alder": 2027, "birch": None}, {2027: 2, 2028: 2}, {"birch": 1000}), join_all=True)
    assert not only_relaxes(instance, "birch")
    holds(why(instance, "birch", worse(instance, {"alder": 2028})))


def test_a_province_would_have_to_pick_it() -> None:
    instance = problem({"alder": 2028, "birch": 2027}, dict.fromkeys((2027, 2028, 2029), 2), {"alder": 500})
    north, south = Province("north", "North", "north", 1, NO_LIMIT), Province("south", "South", "south", 0, NO_LIMIT)
    counties = {
        code: replace(place, province="north" if code == "alder" else "south")
        for code, place in instance.counties.items()
    }
    instance = replace(instance, provinces={"north": north, "south": south}, counties=counties)
    assert not only_relaxes(instance, "alder")
    holds(why(instance, "alder", worse(instance, {"birch": 2029})))


def test_only_a_decision_falls_away() -> None:
    instance = replace(LATE, decided={"birch": 2027})
    assert only_relaxes(instance, "birch")
    holds(why(instance, "birch", solve(instance, EXACTLY)))


def test_nobody_may_join() -> None:
    """Nothing says that all have joined by the first year."""
    instance = problem({"alder": None, "birch": None}, {2027: 1, 2028: 1}, {})
    assert last_chance(instance) == 2028
    assert [told.rule for told in obstacles(instance, "alder", 2028, addresses_only)] == ["eligible_from"]


def test_one_more_county_makes_a_later_year_possible() -> None:
    """Alder has joined by 2027, with whom all would have; birch, were it not barred, could in 2028."""
    instance = problem({"alder": 2027, "birch": None}, {2027: 1, 2028: 1}, {}, exact=True)
    assert last_chance(instance) == 2027
    assert [told.rule for told in obstacles(instance, "birch", 2028, addresses_only)] == ["eligible_from"]
    assert solve(with_choice(instance, "birch", 2028), EXACTLY).status is Status.SOLVED
