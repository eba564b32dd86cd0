"""Limits that give way: held they are the limits, free they are none."""

from collections.abc import Iterator

from pulp import lpSum

from models.elastic import Give, build_elastic
from models.instance import Instance
from models.rules import RULES
from models.variables import Index
from optimizer.solvers import HighsProblem
from tests.models.tiny_instance import tiny_instance
from tests.optimizer.solving import EXACTLY


def give_in_picks(rule: str, index: Index) -> Iterator[Give]:
    if rule == "picks_per_year":
        yield Give("picks", (), -1, whole=True)
    elif rule == "demand":
        yield Give("demand", index, 1, most=10.0, switched=True)


def instance() -> Instance:
    """Three counties; two may join."""
    return tiny_instance(("alder", "birch", "cedar"), picks={2027: 2})


def test_rows_without_a_give_stay_as_they_are() -> None:
    plain = build_elastic(instance(), RULES, lambda rule, index: ())
    assert plain.columns == {}
    assert plain.switches == {}


def test_rows_of_a_figure_share_a_variable() -> None:
    found = build_elastic(instance(), RULES, give_in_picks)
    assert len(found.columns["picks"]) == 1
    assert len(found.columns["demand"]) == 3
    assert list(found.switches) == ["demand"]
    assert sorted(found.most[name] for name in found.columns["demand"].values()) == [10.0] * 3


def test_a_limit_gives_way_by_as_much_as_is_needed() -> None:
    found = build_elastic(instance(), RULES, give_in_picks)
    problem = found.problem
    problem += lpSum(found.variables.select.values()) >= 3, "all_join"
    answer = HighsProblem(problem, EXACTLY).solve(0.0, 10.0, lambda: False)
    assert answer.values is not None
    (picks,) = found.columns["picks"].values()
    assert round(answer.values[picks]) == 1
    assert answer.objective == 1.0
