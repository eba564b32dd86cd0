"""`support_uplift`: a technical support base raises the utilisation of its province's plants, from its lead time on."""

import math

import pytest

from models.instance import Instance
from models.records import Province
from tests.models.evaluation import judge, optimum, rows_of, without_column
from tests.models.golden_files import rendered, stored
from tests.models.small_instance import (
    changed,
    with_county,
    with_design,
    with_entries,
    with_option,
    with_policy,
    with_province,
)
from tests.models.tiny_instance import a_plan, tiny_instance


def supported(counties: tuple[str, ...] = ("alder",), years: int = 1, lead: int = 0) -> Instance:
    """A mill of 10 t/yr makes 0.5 x 10 = 5 and, `lead` years after its province has founded a base for 20, 7.5."""
    found = with_design(tiny_instance(counties, years), "mill", utilisation=0.5)
    return with_policy(with_province(found, "north", support_uplift=0.25, support_cost=20), support_lead=lead)


# Birch lies in the south, which can have no base. In alder two mills fill what is wanted, 2 x 5 = 10, so a base adds
# 2 x 2.5 at most.
SOUTH = {"south": Province("south", "South", "south", least_picks=0, most_picks=math.inf)}
TWO = with_entries(supported(("alder", "birch"), years=2, lead=1), "provinces", SOUTH)
EXAMPLE = with_county(with_option(TWO, "alder", "mill", max_plants=3), "birch", province="south")
PLAN = a_plan(
    start={("alder", "mill", 2027): 2, ("birch", "mill", 2027): 1},
    produce={
        ("alder", "mill", 2027): 10,
        ("alder", "mill", 2028): 15,
        ("birch", "mill", 2027): 5,
        ("birch", "mill", 2028): 5,
    },
    support={("north", 2027): 1},
)


def test_golden() -> None:
    assert rendered("support_uplift", EXAMPLE) == stored("support_uplift")


def test_obeys() -> None:
    assert judge("support_uplift", EXAMPLE, PLAN) == ([], [])


def test_obeys_without_a_base() -> None:
    plain = changed(PLAN, produce={("alder", "mill", 2028): 10}, support={("north", 2027): None})
    assert judge("support_uplift", EXAMPLE, plain) == ([], [])


def test_breaks_without_a_base() -> None:
    more = changed(PLAN, produce={("alder", "mill", 2028): 10.1}, support={("north", 2027): None})
    assert judge("support_uplift", EXAMPLE, more) == (["support_uplift.alder.mill.2028"], [("alder", "mill", 2028)])


def test_breaks_before_the_base_is_at_work() -> None:
    more = changed(PLAN, produce={("alder", "mill", 2027): 10.1})
    assert judge("support_uplift", EXAMPLE, more) == (["support_uplift.alder.mill.2027"], [("alder", "mill", 2027)])
    late = changed(PLAN, support={("north", 2027): None, ("north", 2028): 1})
    assert judge("support_uplift", EXAMPLE, late) == (["support_uplift.alder.mill.2028"], [("alder", "mill", 2028)])


def test_obeys_and_breaks_with_a_longer_lead() -> None:
    # Founded in 2027, a base with a lead of 2 years is at work in 2029 and not in 2028.
    longer = supported(years=3, lead=2)
    plan = a_plan(
        start={("alder", "mill", 2027): 1}, produce={("alder", "mill", 2029): 7.5}, support={("north", 2027): 1}
    )
    assert judge("support_uplift", longer, plan) == ([], [])
    early = changed(plan, produce={("alder", "mill", 2028): 7.5})
    assert judge("support_uplift", longer, early) == (["support_uplift.alder.mill.2028"], [("alder", "mill", 2028)])


def test_breaks_by_founding_twice() -> None:
    twice = changed(PLAN, support={("north", 2028): 1})
    assert judge("support_uplift", EXAMPLE, twice) == (["support_uplift.north"], [("north",)])


def test_breaks_where_a_base_does_not_help() -> None:
    # The rule has no row there: the problem has no such base at all.
    elsewhere = changed(PLAN, support={("south", 2027): 1})
    assert judge("support_uplift", EXAMPLE, elsewhere) == ([], [("south",)])
    assert without_column(EXAMPLE, elsewhere) == ["support.south.2027"]


def test_breaks_by_the_base_of_another_province() -> None:
    both = with_province(EXAMPLE, "south", support_uplift=0.25)
    more = changed(PLAN, produce={("birch", "mill", 2028): 5.1})
    assert judge("support_uplift", both, more) == (["support_uplift.birch.mill.2028"], [("birch", "mill", 2028)])
    assert judge("support_uplift", both, changed(more, support={("south", 2027): 1})) == ([], [])


def test_no_row_of_a_plant_that_a_base_does_not_help() -> None:
    # It makes all that it can already, or all that can be sold.
    full = with_design(supported(), "mill", utilisation=1)
    endless = with_option(supported(), "alder", "mill", capacity=math.inf)
    for instance in (full, endless):
        assert rows_of("support_uplift", instance) == ["support_uplift.north"]


def test_effect() -> None:
    # A mill for 30 and a base for 20 make 7.5 of 10 t, and 2.5 are imported for 25: 75, against 30 + 50 without a base.
    # Without the rule the 7.5 t take no base.
    assert optimum(supported()) == pytest.approx(75)
    assert optimum(supported(), without="support_uplift") == pytest.approx(55)


def test_effect_of_the_cost() -> None:
    # A base for 26 saves 25 of imports.
    assert optimum(with_province(supported(), "north", support_cost=26)) == pytest.approx(80)


def test_effect_of_the_lead() -> None:
    # With a lead of a year a base of 2027 saves 25 in 2028 alone: 30 + 20 + 50 + 25, against 30 + 20 + 25 + 25.
    assert optimum(supported(years=2, lead=1)) == pytest.approx(125)
    assert optimum(supported(years=2)) == pytest.approx(100)


def test_effect_is_the_same_for_all_plants_of_a_province() -> None:
    # One base for 20 in either: 2 x 30 + 20 + 2 x 25.
    assert optimum(supported(("alder", "birch"))) == pytest.approx(130)
