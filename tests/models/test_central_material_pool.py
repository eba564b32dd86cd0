"""`central_material_pool`: the centre's tonnes of a material in a year are shared among the counties."""

import pytest

from models.records import NO_LIMIT
from tests.models.evaluation import judge, optimum
from tests.models.golden_files import rendered, stored
from tests.models.small_instance import changed, with_option
from tests.models.tiny_instance import a_plan, tiny_instance

POOL = {("steel", 2027): 20, ("steel", 2028): NO_LIMIT}
EXAMPLE = tiny_instance(["alder", "birch"], years=2, central_material=POOL)
PLAN = a_plan(
    central_material={("alder", "steel", 2027): 12, ("birch", "steel", 2027): 8, ("birch", "steel", 2028): 500}
)


def test_golden() -> None:
    assert rendered("central_material_pool", EXAMPLE) == stored("central_material_pool")


def test_obeys() -> None:
    assert judge("central_material_pool", EXAMPLE, PLAN) == ([], [])


def test_breaks() -> None:
    more = changed(PLAN, central_material={("birch", "steel", 2027): 8.1})
    found = judge("central_material_pool", EXAMPLE, more)
    assert found == (["central_material_pool.steel.2027"], [("steel", 2027)])


def test_effect() -> None:
    # Each plant needs 5 of 9 t of steel: one for 30, and 10 t of food imported for 100; there would be two, for 60.
    few = tiny_instance(["alder", "birch"], central_material={("steel", 2027): 9})
    for county in ("alder", "birch"):
        few = with_option(few, county, "mill", materials={"steel": 5})
    assert optimum(few) == pytest.approx(130)
    assert optimum(few, without="central_material_pool") == pytest.approx(60)
