"""`national_remittance`: the counties together remit what the state expects of them in a year."""

import pytest

from models.records import Purse
from tests.models.evaluation import INFEASIBLE, judge, optimum
from tests.models.golden_files import rendered, stored
from tests.models.small_instance import changed, with_entries, with_policy
from tests.models.tiny_instance import a_plan, tiny_instance

OWES_NOTHING = Purse(base_revenue=50, essential=0, quota=0, rate=0)
PLAIN = tiny_instance(["alder", "birch", "cedar"], years=2)
# Cedar's budget is not planned; of 2027 nothing is expected.
EXAMPLE = with_entries(
    with_entries(
        PLAIN, "purses", {(county, year): OWES_NOTHING for county in ("alder", "birch") for year in PLAIN.years}
    ),
    "national_remittance",
    {2028: 40},
)
PLAN = a_plan(remittance={("alder", 2028): 15, ("birch", 2028): 25})


def test_golden() -> None:
    assert rendered("national_remittance", EXAMPLE) == stored("national_remittance")


def test_obeys() -> None:
    assert judge("national_remittance", EXAMPLE, PLAN) == ([], [])


def test_breaks_by_remitting_less() -> None:
    less = changed(PLAN, remittance={("alder", 2027): 100, ("alder", 2028): 14.9})
    assert judge("national_remittance", EXAMPLE, less) == (["national_remittance.2028"], [(2028,)])


@pytest.mark.parametrize(("target", "cost"), [(20, 30), (20.1, 100), (50, 100), (51, INFEASIBLE)])
def test_effect(target: float, cost: float) -> None:
    # The county has 50, and nobody else pays for a mill of 30; if it is to remit more than 20 it imports for 100. It
    # owes nothing, so it must be free to remit more than it owes.
    own = with_entries(tiny_instance(central_funds={2027: 0}), "purses", {("alder", 2027): OWES_NOTHING})
    expected = with_entries(own, "national_remittance", {2027: target})
    free = with_policy(expected, extra_remittance=True)
    assert optimum(free) == pytest.approx(cost)
    assert optimum(free, without="national_remittance") == pytest.approx(30)
    assert optimum(expected) == INFEASIBLE
