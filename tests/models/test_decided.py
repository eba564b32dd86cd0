"""`decided`: choices already made stand."""

import pytest

from tests.models.evaluation import judge, optimum
from tests.models.golden_files import rendered, stored
from tests.models.tiny_instance import a_plan, tiny_instance

EXAMPLE = tiny_instance(
    ["alder", "birch"],
    years=2,
    decided={"alder": 2028},
    built={("alder", "mill", 2027): 0, ("alder", "mill", 2028): 1},
)


def test_golden() -> None:
    assert rendered("decided", EXAMPLE) == stored("decided")


def test_obeys() -> None:
    joining = {("alder", 2028): 1, ("birch", 2027): 1}
    plan = a_plan(select=joining, start={("alder", "mill", 2028): 1, ("birch", "mill", 2027): 1})
    assert judge("decided", EXAMPLE, plan) == ([], [])


@pytest.mark.parametrize("select", [{}, {("alder", 2027): 1}])
def test_breaks(select: dict[tuple[str, int], float]) -> None:
    plan = a_plan(select=select, start={("alder", "mill", 2028): 1})
    assert judge("decided", EXAMPLE, plan) == (["decided.alder.2028"], [("alder", 2028)])


@pytest.mark.parametrize(("year", "plants"), [(2027, 1), (2028, 0), (2028, 2)])
def test_breaks_with_other_plants(year: int, plants: float) -> None:
    start = {("alder", "mill", 2028): 1, ("alder", "mill", year): plants}
    found = judge("decided", EXAMPLE, a_plan(select={("alder", 2028): 1}, start=start))
    assert found == ([f"decided.alder.mill.{year}"], [("alder", "mill", year)])


def test_effect() -> None:
    # Joining in 2028 only, the county imports 10 t in 2027 for 100 and builds for 30; it would build in 2027.
    late = tiny_instance(years=2, decided={"alder": 2028})
    assert optimum(late) == pytest.approx(130)
    assert optimum(late, without="decided") == pytest.approx(30)


def test_effect_of_plants() -> None:
    # Without a plant the county imports 10 t in each of two years, for 100 each; it would build for 30.
    none = tiny_instance(years=2, built={("alder", "mill", 2027): 0, ("alder", "mill", 2028): 0})
    assert optimum(none) == pytest.approx(200)
    assert optimum(none, without="decided") == pytest.approx(30)
