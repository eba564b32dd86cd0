"""`priority_fund_balance`: a county keeps a share of its surplus in a fund, and draws no more than that holds."""

import pytest

from models.records import Purse
from tests.models.evaluation import judge, optimum
from tests.models.golden_files import rendered, stored
from tests.models.small_instance import changed, with_county, with_entries, with_policy
from tests.models.tiny_instance import a_plan, tiny_instance

PAYS_NOTHING = Purse(base_revenue=15, essential=0, quota=0, rate=0)
PLAIN = tiny_instance(["alder", "birch"], years=3)
# Birch's budget is not planned. Alder keeps half of a surplus, and begins with 20.
EXAMPLE = with_policy(
    with_county(
        with_entries(PLAIN, "purses", {("alder", year): PAYS_NOTHING for year in PLAIN.years}),
        "alder",
        priority_fund=20,
    ),
    fund_share=0.5,
)
# 20 - 20 + 3, 3 + 4, 7 - 7.
PLAN = a_plan(
    draw={("alder", 2027): 20, ("alder", 2029): 7},
    surplus={("alder", 2027): 6, ("alder", 2028): 8},
    priority_fund={("alder", 2027): 3, ("alder", 2028): 7},
)


def test_golden() -> None:
    assert rendered("priority_fund_balance", EXAMPLE) == stored("priority_fund_balance")


def test_obeys() -> None:
    assert judge("priority_fund_balance", EXAMPLE, PLAN) == ([], [])


@pytest.mark.parametrize("fund", [6.9, 7.1])
def test_breaks_another_balance(fund: float) -> None:
    # What 2029 draws is then too much, or leaves something.
    other = changed(PLAN, priority_fund={("alder", 2028): fund}, draw={("alder", 2029): fund})
    assert judge("priority_fund_balance", EXAMPLE, other) == (
        ["priority_fund_balance.alder.2028"],
        [("alder", 2028)],
    )


def test_breaks_by_drawing_what_is_not_there_yet() -> None:
    # Of 8 drawn in 2029 one would be from 2029's own surplus of 2.
    more = changed(PLAN, draw={("alder", 2029): 8}, surplus={("alder", 2029): 2})
    assert judge("priority_fund_balance", EXAMPLE, more) == (
        ["priority_fund_balance.alder.2029.draw"],
        [("alder", 2029)],
    )


def test_breaks_by_drawing_more_than_there_was_before() -> None:
    poorer = with_county(EXAMPLE, "alder", priority_fund=19)
    rows, clause = judge("priority_fund_balance", poorer, PLAN)
    assert rows == ["priority_fund_balance.alder.2027", "priority_fund_balance.alder.2027.draw"]
    assert clause == [("alder", 2027), ("alder", 2027)]


@pytest.mark.parametrize(("share", "before", "cost"), [(1, 0, 130), (0.9, 0, 200), (0.9, 1.5, 130), (0, 15, 30)])
def test_effect(share: float, before: float, cost: float) -> None:
    # Only the county pays for a mill of 30. It has 15 a year and keeps all or nine tenths of 2027's: with 15 or more in
    # the fund it builds in 2028, 100 + 30; with 15 in it at first, in 2027. Else it imports for 200.
    two = with_entries(
        tiny_instance(years=2, central_funds={2027: 0, 2028: 0}),
        "purses",
        {("alder", year): PAYS_NOTHING for year in (2027, 2028)},
    )
    own = with_policy(with_county(two, "alder", priority_fund=before), fund_share=share)
    assert optimum(own) == pytest.approx(cost)
    # Without the rule it draws what it likes.
    assert optimum(own, without="priority_fund_balance") == pytest.approx(30)
