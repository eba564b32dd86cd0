"""`donation_limit`: donors give what a county can raise from them, and no more than a share of what is built there."""

import pytest

from models.records import NO_LIMIT
from tests.models.evaluation import judge, optimum, rows_of, without_column
from tests.models.golden_files import rendered, stored
from tests.models.small_instance import changed, with_county, with_policy
from tests.models.tiny_instance import a_plan, tiny_instance

# Donors pay a quarter at most: 8 a year in alder, any sum in birch; cedar has none.
THREE = with_county(tiny_instance(["alder", "birch", "cedar"], years=2), "alder", donations=8)
EXAMPLE = with_policy(with_county(THREE, "birch", donations=NO_LIMIT), most_donated_share=0.25)
# 7.5 of 30 in 2027, and 8 of 40 in 2028; 50 of 200 in birch.
PLAN = a_plan(
    donations={("alder", 2027): 7.5, ("alder", 2028): 8, ("birch", 2028): 50},
    central_funds={("alder", 2027): 20, ("alder", 2028): 32, ("birch", 2028): 150},
    local_funds={("alder", 2027): 2.5},
)


def test_golden() -> None:
    assert rendered("donation_limit", EXAMPLE) == stored("donation_limit")


def test_obeys() -> None:
    assert judge("donation_limit", EXAMPLE, PLAN) == ([], [])


def test_breaks_by_more_than_donors_have() -> None:
    more = changed(PLAN, donations={("alder", 2028): 8.1})
    assert judge("donation_limit", EXAMPLE, more) == (["donation_limit.alder.2028"], [("alder", 2028)])


@pytest.mark.parametrize(
    ("county", "year", "given", "central"), [("alder", 2027, 7.6, 19.9), ("birch", 2028, 50.1, 149.9)]
)
def test_breaks_by_a_larger_share(county: str, year: int, given: float, central: float) -> None:
    more = changed(PLAN, donations={(county, year): given}, central_funds={(county, year): central})
    assert judge("donation_limit", EXAMPLE, more) == ([f"donation_limit.{county}.{year}.share"], [(county, year)])


def test_breaks_where_no_donors_are() -> None:
    # The rule has no row there: the problem has no such donation at all.
    none = a_plan(donations={("cedar", 2027): 1}, central_funds={("cedar", 2027): 9})
    assert judge("donation_limit", EXAMPLE, none) == ([], [("cedar", 2027)])
    assert without_column(EXAMPLE, none) == ["donations.cedar.2027"]


def test_no_row_without_a_limit() -> None:
    free = with_policy(EXAMPLE, most_donated_share=1)
    assert rows_of("donation_limit", free) == ["donation_limit.alder.2027", "donation_limit.alder.2028"]


# A mill is 30, the centre has nothing and the county 20.
POOR = with_county(tiny_instance(central_funds={2027: 0}), "alder", local_funds=20)


def test_effect() -> None:
    # With 10 from donors the mill is paid, with 9.9 it is not, and 10 t are imported for 100. Without the rule donors
    # pay what is missing.
    assert optimum(with_county(POOR, "alder", donations=10)) == pytest.approx(30)
    little = with_county(POOR, "alder", donations=9.9)
    assert optimum(little) == pytest.approx(100)
    assert optimum(little, without="donation_limit") == pytest.approx(30)


def test_effect_of_the_share() -> None:
    # Donors should pay 10 of 30, and would no more than 0.3 of it.
    some = with_county(POOR, "alder", donations=30)
    assert optimum(with_policy(some, most_donated_share=0.34)) == pytest.approx(30)
    assert optimum(with_policy(some, most_donated_share=0.3)) == pytest.approx(100)
    assert optimum(with_policy(some, most_donated_share=0.3), without="donation_limit") == pytest.approx(30)


def test_effect_of_the_premium() -> None:
    # Of the 10 of donors half, 5, is paid on top; at seven times the 10, 70, building is as dear as the import, and
    # above it imports are cheaper. Where the county has all of the 30 donors are not asked.
    some = with_county(POOR, "alder", donations=10)
    assert optimum(with_policy(some, donor_premium=0.5)) == pytest.approx(35)
    assert optimum(with_policy(some, donor_premium=6.9)) == pytest.approx(99)
    assert optimum(with_policy(some, donor_premium=7.1)) == pytest.approx(100)
    rich = with_county(some, "alder", local_funds=30)
    assert optimum(with_policy(rich, donor_premium=0.5)) == pytest.approx(30)
