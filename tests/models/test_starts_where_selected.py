"""`starts_where_selected`: plants start only in a county that has joined, within its build window."""

import pytest

from tests.models.evaluation import judge, optimum
from tests.models.golden_files import rendered, stored
from tests.models.small_instance import with_county, with_entries, with_option, with_policy
from tests.models.tiny_instance import a_plan, tiny_instance

# After joining in 2027 up to two plants may start in 2027 and up to two in 2028.
EXAMPLE = with_policy(with_option(tiny_instance(years=3), "alder", "mill", max_plants=2), build_window=1)
JOINS = {("alder", 2027): 1}


def test_golden() -> None:
    assert rendered("starts_where_selected", EXAMPLE) == stored("starts_where_selected")


@pytest.mark.parametrize("year", [2027, 2028])
def test_obeys(year: int) -> None:
    plan = a_plan(select=JOINS, start={("alder", "mill", year): 2})
    assert judge("starts_where_selected", EXAMPLE, plan) == ([], [])


def test_breaks_after_the_window() -> None:
    plan = a_plan(select=JOINS, start={("alder", "mill", 2029): 1})
    found = judge("starts_where_selected", EXAMPLE, plan)
    assert found == (["starts_where_selected.alder.mill.2029"], [("alder", "mill", 2029)])


def test_breaks_before_joining() -> None:
    plan = a_plan(select={("alder", 2028): 1}, start={("alder", "mill", 2027): 1})
    found = judge("starts_where_selected", EXAMPLE, plan)
    assert found == (["starts_where_selected.alder.mill.2027"], [("alder", "mill", 2027)])


def test_effect() -> None:
    # A barred county imports 10 t for 100; it would build for 30 without joining.
    barred = with_county(tiny_instance(), "alder", eligible_from=None)
    assert optimum(barred) == pytest.approx(100)
    assert optimum(barred, without="starts_where_selected") == pytest.approx(30)


def test_effect_of_the_window() -> None:
    # Money halves in worth in a year, and demand doubles. With a window of no further year both plants start in
    # 2027, 2 x 30. With one, or without the rule, the second starts in 2028, 30 + 30 / 2.
    wanted = with_entries(tiny_instance(years=2, discount_rate=1.0), "demand", {("alder", "food", 2028): 20})
    growing = with_option(wanted, "alder", "mill", max_plants=2)
    assert optimum(growing) == pytest.approx(60)
    assert optimum(with_policy(growing, build_window=1)) == pytest.approx(45)
    assert optimum(growing, without="starts_where_selected") == pytest.approx(45)
