"""`modernise_existing`: an existing plant can be modernised once; where there is none, nothing can."""

import pytest

from models.records import ExistingPlant
from tests.models.evaluation import judge, optimum
from tests.models.golden_files import rendered, stored
from tests.models.small_instance import with_county, with_design, with_entries, with_option, with_policy
from tests.models.tiny_instance import a_plan, design, option, tiny_instance

OLD = ExistingPlant(capacity=0, variable_cost=0, crowded_out=0)
# Alder has an old plant and two ways to modernise it, birch has none; a new bakery is no modernisation.
TWO = with_design(tiny_instance(["alder", "birch"]), "mill", modernisation=True)
MORE = {"roller": design("roller", "food", modernisation=True), "bakery": design("bakery", "food")}
OPTIONS = {("alder", "roller"): option(), ("alder", "bakery"): option()}
EXAMPLE = with_entries(
    with_entries(with_entries(TWO, "designs", MORE), "options", OPTIONS), "existing", {("alder", "food"): OLD}
)


def test_golden() -> None:
    assert rendered("modernise_existing", EXAMPLE) == stored("modernise_existing")


def test_obeys() -> None:
    plan = a_plan(start={("alder", "roller", 2027): 1, ("alder", "bakery", 2027): 1})
    assert judge("modernise_existing", EXAMPLE, plan) == ([], [])


def test_breaks_by_modernising_twice() -> None:
    plan = a_plan(start={("alder", "roller", 2027): 1, ("alder", "mill", 2027): 1})
    assert judge("modernise_existing", EXAMPLE, plan) == (["modernise_existing.alder.food"], [("alder", "food")])


def test_breaks_by_modernising_nothing() -> None:
    plan = a_plan(start={("birch", "mill", 2027): 1})
    assert judge("modernise_existing", EXAMPLE, plan) == (["modernise_existing.birch.food"], [("birch", "food")])


def test_breaks_anywhere() -> None:
    # Where counties need not join for it, there is still one plant to modernise in alder, and none in birch.
    anywhere = with_policy(EXAMPLE, modernise_anywhere=True)
    plan = a_plan(start={("alder", "roller", 2027): 1, ("alder", "mill", 2027): 1, ("birch", "mill", 2027): 1})
    rows, places = judge("modernise_existing", anywhere, plan)
    assert rows == ["modernise_existing.alder.food", "modernise_existing.birch.food"]
    assert places == [("alder", "food"), ("birch", "food")]


def test_effect() -> None:
    # With nothing to modernise 10 t are imported for 100; a modernisation would be 30.
    none = with_design(tiny_instance(), "mill", modernisation=True)
    assert optimum(none) == pytest.approx(100)
    assert optimum(none, without="modernise_existing") == pytest.approx(30)


def test_effect_of_once() -> None:
    # Of 20 t a modernised plant makes 10 for 30, and 10 are imported for 100; modernised twice it would be 2 x 30.
    one = with_design(tiny_instance(existing={("alder", "food"): OLD}), "mill", modernisation=True)
    twice = with_entries(with_option(one, "alder", "mill", max_plants=2), "demand", {("alder", "food", 2027): 20})
    assert optimum(twice) == pytest.approx(130)
    assert optimum(twice, without="modernise_existing") == pytest.approx(60)


def test_effect_of_once_anywhere() -> None:
    # As before, in a county that is barred from joining.
    one = with_design(tiny_instance(existing={("alder", "food"): OLD}), "mill", modernisation=True)
    twice = with_entries(with_option(one, "alder", "mill", max_plants=2), "demand", {("alder", "food", 2027): 20})
    anywhere = with_policy(with_county(twice, "alder", eligible_from=None), modernise_anywhere=True)
    assert optimum(anywhere) == pytest.approx(130)
    assert optimum(anywhere, without="modernise_existing") == pytest.approx(60)
