"""`selected_once`: a county joins at most once, and exactly once where all must."""

import pytest

from models.instance import Instance
from tests.models.evaluation import judge, optimum
from tests.models.golden_files import rendered, stored
from tests.models.small_instance import with_county, with_option, with_policy
from tests.models.tiny_instance import a_plan, tiny_instance

TWO = tiny_instance(["alder", "birch"], years=2)
ALL_JOIN = with_policy(TWO, join_all=True)
EXAMPLE = with_county(ALL_JOIN, "birch", eligible_from=None)
ONCE = a_plan(select={("alder", 2027): 1, ("birch", 2028): 1})


def test_golden() -> None:
    assert rendered("selected_once", EXAMPLE) == stored("selected_once")


@pytest.mark.parametrize("instance", [TWO, ALL_JOIN])
def test_obeys(instance: Instance) -> None:
    assert judge("selected_once", instance, ONCE) == ([], [])


def test_obeys_by_never_joining_where_a_county_need_not_or_cannot() -> None:
    never = a_plan(select={("alder", 2027): 1})
    assert judge("selected_once", TWO, never) == ([], [])
    assert judge("selected_once", EXAMPLE, never) == ([], [])
    assert judge("selected_once", with_county(ALL_JOIN, "birch", eligible_from=2029), never) == ([], [])


@pytest.mark.parametrize("instance", [TWO, ALL_JOIN])
def test_breaks_by_joining_twice(instance: Instance) -> None:
    twice = a_plan(select={("alder", 2027): 1, ("birch", 2027): 1, ("birch", 2028): 1})
    assert judge("selected_once", instance, twice) == (["selected_once.birch"], [("birch",)])


def test_breaks_by_never_joining() -> None:
    never = a_plan(select={("alder", 2027): 1})
    assert judge("selected_once", ALL_JOIN, never) == (["selected_once.birch"], [("birch",)])


def test_effect() -> None:
    # Joining obliges to a plant of 130, and importing 10 t for 100 is cheaper. That a county joins no more than
    # once is said again by `joined`, which is 0 or 1; that it must join is said here only.
    dear = with_option(tiny_instance(), "alder", "mill", investment=130)
    obliged = with_policy(dear, min_plants=1, join_all=True)
    assert optimum(obliged) == pytest.approx(130)
    assert optimum(obliged, without="selected_once") == pytest.approx(100)
