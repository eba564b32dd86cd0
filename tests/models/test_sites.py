"""`sites`: a design is built only where it may be, and no more than `max_plants` of it in a county."""

import pytest

from tests.models.evaluation import judge, optimum, without_column
from tests.models.golden_files import rendered, stored
from tests.models.small_instance import with_design, with_option, with_policy, without_entries
from tests.models.tiny_instance import a_plan, tiny_instance

# Two mills in alder, over both years; none in birch.
TWO = with_option(tiny_instance(["alder", "birch"], years=2), "alder", "mill", max_plants=2)
EXAMPLE = without_entries(TWO, "options", ("birch", "mill"))


def test_golden() -> None:
    assert rendered("sites", EXAMPLE) == stored("sites")


def test_obeys() -> None:
    plan = a_plan(start={("alder", "mill", 2027): 1, ("alder", "mill", 2028): 1})
    assert judge("sites", EXAMPLE, plan) == ([], [])


def test_breaks_by_too_many() -> None:
    plan = a_plan(start={("alder", "mill", 2027): 1, ("alder", "mill", 2028): 2})
    assert judge("sites", EXAMPLE, plan) == (["sites.alder.mill"], [("alder", "mill")])


def test_breaks_where_it_may_not_be() -> None:
    # The rule has no row there: the problem has no such start at all.
    plan = a_plan(start={("birch", "mill", 2027): 1})
    assert judge("sites", EXAMPLE, plan).clause == [("birch", "mill")]
    assert "start.birch.mill.2027" in without_column(EXAMPLE, plan)


def test_effect() -> None:
    # One mill that lasts a year, 30, and a year of imports, 100; without the rule a mill in each year, 2 x 30.
    short = with_design(with_policy(tiny_instance(years=2), build_window=1), "mill", lifetime_years=1)
    assert optimum(short) == pytest.approx(130)
    assert optimum(short, without="sites") == pytest.approx(60)
