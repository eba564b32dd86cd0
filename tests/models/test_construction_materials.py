"""`construction_materials`: what is under construction takes central materials or, as far as they go, the county's."""

import pytest

from models.records import PackageItem
from tests.models.evaluation import judge, optimum
from tests.models.golden_files import rendered, stored
from tests.models.small_instance import changed, with_design, with_entries, with_option
from tests.models.tiny_instance import a_plan, tiny_instance

# A mill takes 12 t of steel in two equal parts, a clinic 3 for who joins from 2028 on. Alder has 4 t a year of its
# own, birch none.
CLINIC = PackageItem("clinic", "Clinic", from_year=2028, investment=0, construction_labour=0, materials={"steel": 3})
TWO = tiny_instance(["alder", "birch"], years=2, items={"clinic": CLINIC}, local_material={("alder", "steel"): 4})
SLOW = with_design(TWO, "mill", lead_years=2)
EXAMPLE = with_option(with_option(SLOW, "alder", "mill", materials={"steel": 12}), "birch", "mill", materials={})
PLAN = a_plan(
    select={("alder", 2027): 1, ("birch", 2028): 1},
    start={("alder", "mill", 2027): 1, ("birch", "mill", 2028): 1},
    central_material={("alder", "steel", 2027): 2, ("alder", "steel", 2028): 2, ("birch", "steel", 2028): 3},
    local_material={("alder", "steel", 2027): 4, ("alder", "steel", 2028): 4},
)


def test_golden() -> None:
    assert rendered("construction_materials", EXAMPLE) == stored("construction_materials")


def test_obeys() -> None:
    assert judge("construction_materials", EXAMPLE, PLAN) == ([], [])


@pytest.mark.parametrize(("county", "tonnes"), [("alder", 1.9), ("alder", 2.1), ("birch", 2.9), ("birch", 3.1)])
def test_breaks_by_too_little_or_too_much(county: str, tonnes: float) -> None:
    other = changed(PLAN, central_material={(county, "steel", 2028): tonnes})
    found = judge("construction_materials", EXAMPLE, other)
    assert found == ([f"construction_materials.{county}.steel.2028"], [(county, "steel", 2028)])


def test_breaks_by_more_than_the_county_has() -> None:
    more = changed(
        PLAN, central_material={("alder", "steel", 2027): 1.9}, local_material={("alder", "steel", 2027): 4.1}
    )
    found = judge("construction_materials", EXAMPLE, more)
    assert found == (["construction_materials.alder.steel.2027.local"], [("alder", "steel", 2027)])


def test_effect() -> None:
    # A plant needs 5 t of steel, and there are 4 in the county and none in the centre: 10 t of food imported for 100.
    none = tiny_instance(central_material={("steel", 2027): 0}, local_material={("alder", "steel"): 4})
    five = with_option(none, "alder", "mill", materials={"steel": 5})
    assert optimum(with_entries(five, "local_material", {("alder", "steel"): 5})) == pytest.approx(30)
    assert optimum(five) == pytest.approx(100)
    assert optimum(five, without="construction_materials") == pytest.approx(30)
