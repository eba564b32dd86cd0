"""`central_budget`: the centre spends what it has, and what earlier years left where reserves are carried."""

import pytest

from models.instance import NO_LIMIT
from tests.models.evaluation import judge, optimum
from tests.models.golden_files import rendered, stored
from tests.models.small_instance import changed, with_county, with_entries, with_policy
from tests.models.tiny_instance import a_plan, tiny_instance

FUNDS = {2027: 20, 2028: 20, 2029: NO_LIMIT, 2030: 20}
SINGLY = tiny_instance(["alder", "birch"], years=4, central_funds=FUNDS)
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
