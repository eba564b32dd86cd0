"""`starts_where_selected`: plants start only in a county that has joined, within its build window."""

import pytest

from models.records import ExistingPlant
from tests.models.evaluation import judge, optimum, rows_of
from tests.models.golden_files import rendered, stored
from tests.models.small_instance import with_county, with_design, with_entries, with_option, with_policy
from tests.models.tiny_instance import a_plan, design, option, tiny_instance

# After joining in 2027 up to two plants may start in 2027 and up to two in 2028.
EXAMPLE = with_policy(with_option(tiny_instance(years=3), "alder", "mill", max_plants=2), build_window=1)
JOINS = {("alder", 2027): 1}
# A roller modernises alder's old plant, with or without joining; a mill is new.
OLD = {("alder", "food"): ExistingPlant(capacity=0, variable_cost=0, crowded_out=0)}
MODERN = with_entries(
    with_entries(EXAMPLE, "designs", {"roller": design("roller", "food", modernisation=True)}),
    "options",
    {("alder", "roller"): option()},
)
ANYWHERE = with_policy(with_entries(MODERN, "existing", OLD), modernise_anywhere=True)


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


@pytest.mark.parametrize("select", [{}, {("alder", 2028): 1}, {("alder", 2029): 1}])
def test_obeys_by_modernising_anywhere(select: dict[tuple[str, int], int]) -> None:
    plan = a_plan(select=select, start={("alder", "roller", 2028): 1})
    assert judge("starts_where_selected", ANYWHERE, plan) == ([], [])


def test_breaks_by_a_new_plant_anywhere() -> None:
    plan = a_plan(start={("alder", "mill", 2028): 1})
    found = judge("starts_where_selected", ANYWHERE, plan)
    assert found == (["starts_where_selected.alder.mill.2028"], [("alder", "mill", 2028)])


def test_breaks_by_modernising_before_joining() -> None:
    plan = a_plan(select={("alder", 2028): 1}, start={("alder", "roller", 2027): 1})
    found = judge("starts_where_selected", with_policy(ANYWHERE, modernise_anywhere=False), plan)
    assert found == (["starts_where_selected.alder.roller.2027"], [("alder", "roller", 2027)])


def test_no_row_of_modernising_anywhere() -> None:
    found = rows_of("starts_where_selected", ANYWHERE)
    assert found == [f"starts_where_selected.alder.mill.{year}" for year in EXAMPLE.years]


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


def test_effect_of_modernising_anywhere() -> None:
    # A barred county imports 10 t for 100, or modernises its old plant for 30.
    old = with_design(tiny_instance(existing=OLD), "mill", modernisation=True)
    barred = with_county(old, "alder", eligible_from=None)
    assert optimum(barred) == pytest.approx(100)
    assert optimum(with_policy(barred, modernise_anywhere=True)) == pytest.approx(30)
    new = with_policy(with_design(barred, "mill", modernisation=False), modernise_anywhere=True)
    assert optimum(new) == pytest.approx(100)
