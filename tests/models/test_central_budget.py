"""`central_budget`: the centre spends what it has, a part of last year's remittances and, where reserves are carried,
what earlier years left; on construction, subsidies and support bases."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from models.records import NO_LIMIT, Purse
from tests.models.evaluation import judge, optimum
from tests.models.golden_files import rendered, stored
from tests.models.small_instance import (
    changed,
    with_county,
    with_design,
    with_entries,
    with_policy,
    with_province,
)
from tests.models.tiny_instance import a_plan, tiny_instance

FUNDS = {2027: 20, 2028: 20, 2029: NO_LIMIT, 2030: 20}
# Half of what alder remits comes back a year later; a support base costs 4.
PURSES = {("alder", year): Purse(base_revenue=50, essential=20, quota=10, rate=0) for year in FUNDS}
TWO = tiny_instance(["alder", "birch"], years=4, central_funds=FUNDS, purses=PURSES)
SINGLY = with_policy(with_province(TWO, "north", support_uplift=0.25, support_cost=4), recycled_share=0.5)
# Nothing can be left of funds without a limit, so the year after 2029 begins with nothing kept.
EXAMPLE = with_policy(SINGLY, reserve_carried=True)
CARRIED = a_plan(
    central_funds={
        ("alder", 2027): 5,
        ("alder", 2028): 10,
        ("birch", 2028): 25,
        ("alder", 2029): 500,
        ("birch", 2030): 20,
    },
    reserve={(2027,): 15},
)
NOT_CARRIED = a_plan(central_funds={("alder", 2027): 20, ("alder", 2028): 10, ("birch", 2028): 10})


def test_golden() -> None:
    assert rendered("central_budget", EXAMPLE) == stored("central_budget")


def test_obeys() -> None:
    assert judge("central_budget", EXAMPLE, CARRIED) == ([], [])
    assert judge("central_budget", SINGLY, NOT_CARRIED) == ([], [])


def test_breaks_by_spending_more_than_is_kept() -> None:
    more = changed(CARRIED, central_funds={("birch", 2028): 25.1})
    assert judge("central_budget", EXAMPLE, more) == (["central_budget.2028"], [(2028,)])


def test_breaks_by_losing_money() -> None:
    # What is left is all kept, so that the reserve of a plan says what there is.
    lost = changed(CARRIED, central_funds={("birch", 2030): 19})
    assert judge("central_budget", EXAMPLE, lost) == (["central_budget.2030"], [(2030,)])
    assert judge("central_budget", EXAMPLE, changed(lost, reserve={(2030,): 1})) == ([], [])


def test_breaks_by_spending_after_a_year_without_limit() -> None:
    more = changed(CARRIED, central_funds={("birch", 2030): 20.1})
    assert judge("central_budget", EXAMPLE, more) == (["central_budget.2030"], [(2030,)])


def test_breaks_by_spending_more_than_the_year_has() -> None:
    more = changed(NOT_CARRIED, central_funds={("birch", 2028): 10.1})
    assert judge("central_budget", SINGLY, more) == (["central_budget.2028"], [(2028,)])


# Alder's remittance of 2027 brings 4 for a base in 2028, and that of 2029 brings 3 for a subsidy in 2030.
WITH_PURSES = changed(
    CARRIED,
    remittance={("alder", 2027): 8, ("alder", 2028): 10, ("alder", 2029): 6},
    support={("north", 2028): 1},
    subsidy={("alder", 2030): 3},
)


def test_obeys_with_subsidies_bases_and_remittances() -> None:
    assert judge("central_budget", EXAMPLE, WITH_PURSES) == ([], [])


@pytest.mark.parametrize(
    ("family", "index", "amount", "broken"),
    [
        ("subsidy", ("alder", 2030), 3.1, 2030),
        ("subsidy", ("alder", 2027), 0.1, 2027),
        ("support", ("north", 2030), 1, 2030),
        ("remittance", ("alder", 2027), 7.9, 2028),
        ("remittance", ("alder", 2029), 5.9, 2030),
    ],
)
def test_breaks_by_other_spending_or_less_remittance(
    family: str, index: tuple[str, int], amount: float, broken: int
) -> None:
    changes: dict[str, Mapping[tuple[str, int], float]] = {family: {index: amount}}
    found = judge("central_budget", EXAMPLE, changed(WITH_PURSES, **changes))
    assert found == ([f"central_budget.{broken}"], [(broken,)])


def test_obeys_and_breaks_with_remittances_where_none_are_kept() -> None:
    # 20 and half of 8 in 2028; what is remitted in 2028 itself comes too late, and nothing is left of 2027.
    some = changed(NOT_CARRIED, remittance={("alder", 2027): 8, ("alder", 2028): 90}, subsidy={("alder", 2028): 4})
    assert judge("central_budget", SINGLY, some) == ([], [])
    more = changed(some, subsidy={("alder", 2028): 4.1})
    assert judge("central_budget", SINGLY, more) == (["central_budget.2028"], [(2028,)])


def test_effect() -> None:
    # Half of a plant in each year: none can be built, and two years are imported for 200. With a reserve it can be
    # in 2028, 100 + 30. Without the rule it is built in 2027.
    poor = with_county(tiny_instance(years=2, central_funds={2027: 15, 2028: 15}), "alder", local_funds=0)
    assert optimum(poor) == pytest.approx(200)
    assert optimum(with_policy(poor, reserve_carried=True)) == pytest.approx(130)
    assert optimum(poor, without="central_budget") == pytest.approx(30)


def test_effect_of_a_year_without_limit() -> None:
    # In 2027 all can be paid, but nothing of it kept for birch, which joins in 2028 with 15 of 30: it imports for 200.
    two = tiny_instance(["alder", "birch"], years=2, central_funds={2027: NO_LIMIT, 2028: 15})
    for county in ("alder", "birch"):
        two = with_county(two, county, local_funds=0)
    late = with_policy(with_county(two, "birch", eligible_from=2028), reserve_carried=True)
    assert optimum(late) == pytest.approx(230)
    assert optimum(with_entries(late, "central_funds", {2027: 45})) == pytest.approx(160)


def purse(**changes: float) -> Purse:
    """A budget in which nothing comes in or is owed."""
    return replace(Purse(base_revenue=0, essential=0, quota=0, rate=0), **changes)


def test_effect_of_support_bases() -> None:
    # A mill of 5 t/yr, paid by the county, and a base for 20 that makes it one of 7.5: 30 + 20 + 25. With 19 there is
    # no base, 30 + 50.
    half = with_design(tiny_instance(central_funds={2027: 20}), "mill", utilisation=0.5)
    based = with_policy(with_province(half, "north", support_uplift=0.25, support_cost=20), support_lead=0)
    assert optimum(based) == pytest.approx(75)
    less = with_entries(based, "central_funds", {2027: 19})
    assert optimum(less) == pytest.approx(80)
    assert optimum(less, without="central_budget") == pytest.approx(75)


def test_effect_of_subsidies() -> None:
    # The centre fills 15 of essential expenditure before it pays the mill's 30; with 44 of 45, 10 t are imported.
    needy = tiny_instance(central_funds={2027: 45}, purses={("alder", 2027): purse(base_revenue=5, essential=20)})
    assert optimum(needy) == pytest.approx(30)
    less = with_entries(needy, "central_funds", {2027: 44})
    assert optimum(less) == pytest.approx(100)
    assert optimum(less, without="central_budget") == pytest.approx(30)


@pytest.mark.parametrize(("share", "least"), [(0, 200), (0.49, 200), (0.5, 130)])
def test_effect_of_remittances(share: float, least: float) -> None:
    # The county remits all it has in 2027, 60, of which half pays for the mill in 2028: 100 + 30.
    purses = {("alder", 2027): purse(base_revenue=60, quota=60), ("alder", 2028): purse()}
    two = tiny_instance(years=2, central_funds={2027: 0, 2028: 0}, purses=purses)
    assert optimum(with_policy(two, recycled_share=share)) == pytest.approx(least)
