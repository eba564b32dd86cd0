"""`central_labour_pool`: central construction labour of a year is shared among the counties."""

import pytest

from models.records import NO_LIMIT
from tests.models.evaluation import judge, optimum
from tests.models.golden_files import rendered, stored
from tests.models.small_instance import changed, with_county, with_option
from tests.models.tiny_instance import a_plan, tiny_instance

EXAMPLE = tiny_instance(["alder", "birch"], years=2, central_labour={2027: 20, 2028: NO_LIMIT})
PLAN = a_plan(central_labour={("alder", 2027): 12, ("birch", 2027): 8, ("birch", 2028): 500})


def test_golden() -> None:
    assert rendered("central_labour_pool", EXAMPLE) == stored("central_labour_pool")


def test_obeys() -> None:
    assert judge("central_labour_pool", EXAMPLE, PLAN) == ([], [])


def test_breaks() -> None:
    more = changed(PLAN, central_labour={("birch", 2027): 8.1})
    assert judge("central_labour_pool", EXAMPLE, more) == (["central_labour_pool.2027"], [(2027,)])


def test_effect() -> None:
    # Each plant needs 5 of 9 person-years: one for 30, and 10 t imported for 100; there would be two, for 60.
    few = tiny_instance(["alder", "birch"], central_labour={2027: 9})
    for county in ("alder", "birch"):
        few = with_option(with_county(few, county, local_labour=0), county, "mill", construction_labour=5)
    assert optimum(few) == pytest.approx(130)
    assert optimum(few, without="central_labour_pool") == pytest.approx(60)
