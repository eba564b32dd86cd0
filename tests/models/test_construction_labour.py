"""`construction_labour`: what is under construction is built by central labour and, as far as it goes, the county's."""

import pytest

from models.records import NO_LIMIT, PackageItem
from tests.models.evaluation import judge, optimum, rows_of
from tests.models.golden_files import rendered, stored
from tests.models.small_instance import changed, with_county, with_design, with_option
from tests.models.tiny_instance import a_plan, tiny_instance

# A mill takes 12 person-years in two equal parts, a clinic 3 for who joins from 2028 on; alder has 4 of its own.
CLINIC = PackageItem("clinic", "Clinic", from_year=2028, investment=0, construction_labour=3, materials={})
SLOW = with_design(tiny_instance(years=3, items={"clinic": CLINIC}), "mill", lead_years=2)
EXAMPLE = with_county(with_option(SLOW, "alder", "mill", construction_labour=12), "alder", local_labour=4)
PLAN = a_plan(
    select={("alder", 2028): 1},
    start={("alder", "mill", 2028): 1},
    central_labour={("alder", 2028): 5, ("alder", 2029): 2},
    local_labour={("alder", 2028): 4, ("alder", 2029): 4},
)


def test_golden() -> None:
    assert rendered("construction_labour", EXAMPLE) == stored("construction_labour")


def test_obeys() -> None:
    assert judge("construction_labour", EXAMPLE, PLAN) == ([], [])


def test_obeys_without_the_clinic_before_its_year() -> None:
    early = a_plan(
        select={("alder", 2027): 1},
        start={("alder", "mill", 2027): 1},
        central_labour={("alder", 2027): 6, ("alder", 2028): 6},
    )
    assert judge("construction_labour", EXAMPLE, early) == ([], [])


@pytest.mark.parametrize("central", [4.9, 5.1])
def test_breaks_by_too_little_or_too_much(central: float) -> None:
    other = changed(PLAN, central_labour={("alder", 2028): central})
    assert judge("construction_labour", EXAMPLE, other) == (["construction_labour.alder.2028"], [("alder", 2028)])


def test_breaks_by_more_than_the_county_has() -> None:
    more = changed(PLAN, central_labour={("alder", 2029): 1.9}, local_labour={("alder", 2029): 4.1})
    assert judge("construction_labour", EXAMPLE, more) == (["construction_labour.alder.2029.local"], [("alder", 2029)])


def test_no_row_without_a_limit() -> None:
    endless = with_county(EXAMPLE, "alder", local_labour=NO_LIMIT)
    assert rows_of("construction_labour", endless) == [f"construction_labour.alder.{year}" for year in EXAMPLE.years]


def test_effect() -> None:
    # A plant needs 5 person-years, and there are 4 in the county and none in the centre: 10 t imported for 100.
    five = with_option(tiny_instance(central_labour={2027: 0}), "alder", "mill", construction_labour=5)
    assert optimum(with_county(five, "alder", local_labour=5)) == pytest.approx(30)
    assert optimum(with_county(five, "alder", local_labour=4)) == pytest.approx(100)
    assert optimum(with_county(five, "alder", local_labour=4), without="construction_labour") == pytest.approx(30)


def test_effect_of_equal_parts() -> None:
    # With a lead of two years 8 person-years are needed in parts of 4: with as many a year the plant is built, for
    # 30, and two of three years are imported.
    slow = with_design(
        tiny_instance(years=3, central_labour=dict.fromkeys((2027, 2028, 2029), 0)), "mill", lead_years=2
    )
    eight = with_county(with_option(slow, "alder", "mill", construction_labour=8), "alder", local_labour=4)
    assert optimum(eight) == pytest.approx(230)
    assert optimum(with_county(eight, "alder", local_labour=3.9)) == pytest.approx(300)
