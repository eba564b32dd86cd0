"""`remittance_due`: a county owes its quota or its rate on revenue, whichever is more."""

from collections.abc import Mapping

import pytest

from models.instance import Instance
from models.plan import Plan
from models.records import Purse
from tests.models.evaluation import judge, optimum, rows_of
from tests.models.golden_files import rendered, stored
from tests.models.small_instance import (
    changed,
    with_county,
    with_design,
    with_entries,
    with_good,
    with_option,
    with_policy,
    without_entries,
)
from tests.models.tiny_instance import a_plan, tiny_instance

# All that a plant of 10 t earns, at 4 a tonne, is its county's, so that each has 40 more at best.
COUNTIES = ("alder", "birch", "cedar", "dogwood")
PURSES = {
    "alder": Purse(base_revenue=100, essential=0, quota=30, rate=0.2),  # 30, for the rate is 20 to 28
    "birch": Purse(base_revenue=50, essential=0, quota=20, rate=0.5),  # its rate, 25 to 45
    "cedar": Purse(base_revenue=20, essential=0, quota=10, rate=0.3),  # 10, or its rate of 6 to 18 if that is more
    "dogwood": Purse(base_revenue=20, essential=0, quota=30, rate=0),  # 30, of which it may have 20
}
EXAMPLE = with_policy(
    with_entries(
        with_good(tiny_instance(COUNTIES), "food", market_price=4),
        "purses",
        {(county, 2027): purse for county, purse in PURSES.items()},
    ),
    plant_income_share=1,
)
EXTRA = with_policy(EXAMPLE, extra_remittance=True)
# Cedar's plant runs: it has 60 and owes 18. Dogwood's does not.
PLAN = a_plan(
    select={("cedar", 2027): 1},
    start={("cedar", "mill", 2027): 1},
    produce={("cedar", "mill", 2027): 10},
    remittance={("alder", 2027): 30, ("birch", 2027): 25, ("cedar", 2027): 18, ("dogwood", 2027): 20},
    remittance_shortfall={("dogwood", 2027): 10},
)
REVENUE = {("alder", 2027): 100, ("birch", 2027): 50, ("cedar", 2027): 60, ("dogwood", 2027): 20}
RATED = {("cedar", 2027): 1}
SHORT = {("dogwood", 2027): 1}

# Of 2 t it has 28: its rate would be 8.4, so it owes its quota.
LITTLE = changed(PLAN, produce={("cedar", "mill", 2027): 2}, remittance={("cedar", 2027): 10})
REVENUE_OF_LITTLE = {**REVENUE, ("cedar", 2027): 28}


def broken(instance: Instance, plan: Plan, **binaries: Mapping[tuple[str, int], float]) -> tuple[list[str], list[str]]:
    """Parts of the names of broken rows after that of the rule, and counties at which the clause finds it broken."""
    rows, clause = judge("remittance_due", instance, plan, **{"revenue": REVENUE, "rated": RATED, **binaries})
    return [row.removeprefix("remittance_due.") for row in rows], [str(index[0]) for index in clause]


def remits(county: str, amount: float) -> Plan:
    return changed(PLAN, remittance={(county, 2027): amount})


def test_golden() -> None:
    assert rendered("remittance_due", EXAMPLE) == stored("remittance_due")


def test_obeys() -> None:
    assert broken(EXAMPLE, PLAN) == ([], [])


def test_obeys_where_the_quota_is_more() -> None:
    assert broken(EXAMPLE, LITTLE, revenue=REVENUE_OF_LITTLE, rated={}) == ([], [])


@pytest.mark.parametrize("amount", [29.9, 30.1])
def test_breaks_another_quota(amount: float) -> None:
    assert broken(EXAMPLE, remits("alder", amount)) == (["alder.2027"], ["alder"])


@pytest.mark.parametrize("amount", [24.9, 25.1, 20])
def test_breaks_another_rate(amount: float) -> None:
    assert broken(EXAMPLE, remits("birch", amount)) == (["birch.2027"], ["birch"])


def test_breaks_another_sum_where_either_may_be_more() -> None:
    more = ["cedar.2027.quota.most", "cedar.2027.rate.most"]
    assert broken(EXAMPLE, remits("cedar", 17.9)) == (["cedar.2027.rate"], ["cedar"])
    assert broken(EXAMPLE, remits("cedar", 18.1)) == (more, ["cedar"])
    little = changed(LITTLE, remittance={("cedar", 2027): 10.1})
    assert broken(EXAMPLE, little, revenue=REVENUE_OF_LITTLE, rated={}) == (["cedar.2027.quota.most"], ["cedar"])


def test_breaks_the_wrong_choice_of_the_two() -> None:
    # What a plan says is the same; the problem has it only with the right choice.
    assert broken(EXAMPLE, PLAN, rated={}) == (["cedar.2027.quota.most"], [])
    assert broken(EXAMPLE, LITTLE, revenue=REVENUE_OF_LITTLE) == (["cedar.2027.rate.most"], [])


@pytest.mark.parametrize("shortfall", [9.9, 10.1])
def test_breaks_another_shortfall(shortfall: float) -> None:
    other = changed(PLAN, remittance_shortfall={("dogwood", 2027): shortfall})
    assert broken(EXAMPLE, other) == (["dogwood.2027"], ["dogwood"])


class TestExtra:
    def test_obeys_more(self) -> None:
        more = changed(PLAN, remittance={("alder", 2027): 100, ("birch", 2027): 50, ("cedar", 2027): 60})
        assert broken(EXTRA, more, short=SHORT) == ([], [])

    @pytest.mark.parametrize(
        ("county", "amount", "row"),
        [("alder", 29.9, "quota"), ("birch", 24.9, "rate"), ("cedar", 17.9, "rate"), ("dogwood", 19.9, "quota")],
    )
    def test_breaks_less(self, county: str, amount: float, row: str) -> None:
        assert broken(EXTRA, remits(county, amount), short=SHORT) == ([f"{county}.2027.{row}"], [county])

    def test_breaks_a_shortfall_of_more_than_is_owed(self) -> None:
        other = changed(PLAN, remittance_shortfall={("dogwood", 2027): 10.1})
        assert broken(EXTRA, other, short=SHORT) == (["dogwood.2027.quota.most"], ["dogwood"])

    def test_nothing_is_extra_where_revenue_never_passes_the_quota(self) -> None:
        # Dogwood has 60 at best.
        poor = with_entries(EXTRA, "purses", {("dogwood", 2027): Purse(20, 0, 60, 0)})
        rows = [row for row in rows_of("remittance_due", poor) if "dogwood" in row]
        assert rows == ["remittance_due.dogwood.2027"]
        unpaid = changed(PLAN, remittance_shortfall={("dogwood", 2027): 40})
        assert broken(poor, unpaid) == ([], [])
        assert broken(poor, changed(unpaid, remittance_shortfall={("dogwood", 2027): 41})) == (
            ["dogwood.2027"],
            ["dogwood"],
        )

    def test_quota_and_rate_may_be_the_same(self) -> None:
        # A base of 100 and nothing else, with a rate of 0.3.
        equal = with_entries(
            with_policy(EXTRA, plant_income_share=0), "purses", {("alder", 2027): Purse(100, 0, 30, 0.3)}
        )
        rows, clause = judge("remittance_due", equal, remits("alder", 29.9), revenue={("alder", 2027): 100})
        assert "remittance_due.alder.2027.quota" in rows
        assert ("alder", 2027) in clause


# Only the county pays for the mill of 30.
ALONE = tiny_instance(central_funds={2027: 0})


@pytest.mark.parametrize(("quota", "rate", "cost"), [(10, 0.2, 30), (10.1, 0.2, 100), (5, 0.25, 30), (5, 0.26, 100)])
def test_effect(quota: float, rate: float, cost: float) -> None:
    # Of 40 it may remit 10; then it has enough left, else it imports for 100. Without the rule it remits nothing.
    own = with_entries(ALONE, "purses", {("alder", 2027): Purse(40, 0, quota, rate)})
    assert optimum(own) == pytest.approx(cost)
    assert optimum(own, without="remittance_due") == pytest.approx(30)


@pytest.mark.parametrize(("rate", "cost"), [(0.05, 210), (0.0625, 210), (0.1, 230)])
def test_effect_where_either_may_be_more(rate: float, cost: float) -> None:
    # As in `local_revenue`: with the 20 of its first mill it has 32 in 2028, and needs 30 for the second. Its quota is
    # 2; the rate is less with 0.05 (1.6), as much with 0.0625 and more with 0.1 (3.2).
    two = with_option(tiny_instance(years=3), "alder", "mill", capacity=5, max_plants=2)
    late = with_good(with_design(two, "mill", lead_years=1), "food", market_price=4)
    funded = with_entries(late, "central_funds", dict.fromkeys(late.years, 0))
    purses = {
        ("alder", 2027): Purse(30, 0, 0, 0),
        ("alder", 2028): Purse(12, 0, 2, rate),
        ("alder", 2029): Purse(0, 0, 0, 0),
    }
    own = with_policy(with_entries(funded, "purses", purses), build_window=1, plant_income_share=1)
    assert ("alder", 2028) in own.quota_or_rate
    assert optimum(own) == pytest.approx(cost)


def test_effect_of_extra_remittance() -> None:
    # Alder has 30 and no use for it. What it remits without owing it pays a mill in birch a year later, 100 + 30.
    two = without_entries(
        tiny_instance(["alder", "birch"], years=2, central_funds={2027: 0, 2028: 0}), "options", ("alder", "mill")
    )
    idle = with_entries(two, "demand", {("alder", "food", year): 0 for year in two.years})
    poor = with_policy(with_county(idle, "birch", local_funds=0), recycled_share=1)
    rich = with_entries(poor, "purses", {("alder", year): Purse(30, 0, 0, 0) for year in two.years})
    assert optimum(rich) == pytest.approx(200)
    assert optimum(with_policy(rich, extra_remittance=True)) == pytest.approx(130)
