"""`package`: a joining county gets its least number of plants in its build window, one of each good by setting."""

import pytest

from tests.models.evaluation import judge, optimum
from tests.models.golden_files import rendered, stored
from tests.models.small_instance import with_entries, with_option, with_policy
from tests.models.tiny_instance import a_plan, tiny_instance

BOTH = tiny_instance(goods=["food", "cloth"], years=2)
EXAMPLE = with_policy(BOTH, build_window=1, min_plants=2, one_per_good=True)
JOINS = {("alder", 2027): 1}


def test_golden() -> None:
    assert rendered("package", EXAMPLE) == stored("package")


def test_obeys() -> None:
    plan = a_plan(select=JOINS, start={("alder", "mill", 2027): 1, ("alder", "loom", 2028): 1})
    assert judge("package", EXAMPLE, plan) == ([], [])


def test_obeys_where_no_county_joins() -> None:
    assert judge("package", EXAMPLE, a_plan()) == ([], [])


def test_obeys_with_one_good_only_where_that_is_enough() -> None:
    plan = a_plan(select=JOINS, start={("alder", "mill", 2027): 2})
    assert judge("package", with_policy(EXAMPLE, one_per_good=False), plan) == ([], [])


def test_breaks_by_a_good_without_a_plant() -> None:
    plan = a_plan(select=JOINS, start={("alder", "mill", 2027): 2})
    assert judge("package", EXAMPLE, plan) == (["package.alder.2027.cloth"], [("alder", 2027, "cloth")])


def test_breaks_by_another_good_without_a_plant() -> None:
    plan = a_plan(select=JOINS, start={("alder", "loom", 2027): 2})
    assert judge("package", EXAMPLE, plan) == (["package.alder.2027.food"], [("alder", 2027, "food")])


def test_breaks_by_none() -> None:
    one = with_policy(EXAMPLE, min_plants=1, one_per_good=False)
    assert judge("package", one, a_plan(select=JOINS)) == (["package.alder.2027"], [("alder", 2027)])


def test_breaks_by_too_few() -> None:
    plan = a_plan(select=JOINS, start={("alder", "mill", 2027): 1, ("alder", "loom", 2028): 1})
    assert judge("package", with_policy(EXAMPLE, min_plants=3), plan) == (["package.alder.2027"], [("alder", 2027)])


def test_breaks_by_a_start_after_the_window() -> None:
    plan = a_plan(select=JOINS, start={("alder", "mill", 2027): 1, ("alder", "loom", 2028): 1})
    assert judge("package", with_policy(EXAMPLE, build_window=0), plan) == (
        ["package.alder.2027", "package.alder.2027.cloth"],
        [("alder", 2027), ("alder", 2027, "cloth")],
    )


def test_effect_of_the_number() -> None:
    # Two plants for 2 x 30, where one makes all that is wanted.
    two = with_option(with_policy(tiny_instance(), min_plants=2), "alder", "mill", max_plants=2)
    assert optimum(two) == pytest.approx(60)
    assert optimum(two, without="package") == pytest.approx(30)


def test_effect_of_one_per_good() -> None:
    # A mill and a loom, 2 x 30; without the rule 1 t of cloth is imported for 10 instead.
    little = with_entries(tiny_instance(goods=["food", "cloth"]), "demand", {("alder", "cloth", 2027): 1})
    one_each = with_policy(little, one_per_good=True)
    assert optimum(one_each) == pytest.approx(60)
    assert optimum(one_each, without="package") == pytest.approx(40)
