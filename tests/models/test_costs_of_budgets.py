"""The cost terms `subsidy` and `remittance_shortfall`: penalties on what counties need back and fail to remit."""

from dataclasses import replace

import pytest

from models.costs import charges_of
from models.instance import Instance
from models.records import Purse
from models.verifier import verify_costs
from tests.models.evaluation import optimal_plan
from tests.models.small_instance import with_county, with_entries, with_policy
from tests.models.tiny_instance import tiny_instance

# Two years with weights 1 and 0.8, and a tail of three years in which nothing is paid again. Nobody wants anything.
YEARS = (2027, 2028)


def needy(county: str, *purses: Purse, **penalties: float) -> Instance:
    """A county with these budgets, beside another without."""
    found = tiny_instance(["alder", "birch"], years=2, tail_years=3, discount_rate=0.25)
    found = replace(found, demand=dict.fromkeys(found.demand, 0.0))
    budgets = {(county, year): purse for year, purse in zip(YEARS, purses, strict=True)}
    return with_policy(with_entries(found, "purses", budgets), **penalties)


def charged(instance: Instance) -> tuple[float, dict[tuple[str, str, int], float]]:
    """The least cost, and the charges of a plan that attains it."""
    least, plan = optimal_plan(instance)
    assert plan is not None
    charges = charges_of(instance, plan)
    assert verify_costs(instance, plan, charges) == ()
    return least, {(charge.term, charge.county, charge.year): charge.amount for charge in charges}


def test_subsidy() -> None:
    # 20 and 30 are missing: a tenth of 20 x 1 + 30 x 0.8.
    poor = needy("birch", Purse(10, 30, 0, 0), Purse(10, 40, 0, 0), subsidy_penalty=0.1)
    least, charges = charged(poor)
    assert least == pytest.approx(4.4)
    assert charges == pytest.approx({("subsidy", "birch", 2027): 2, ("subsidy", "birch", 2028): 2.4})


def test_subsidy_of_what_the_fund_does_not_hold() -> None:
    # A fund of 15 is best used in the first year: a tenth of 5 x 1 + 30 x 0.8.
    poor = needy("birch", Purse(10, 30, 0, 0), Purse(10, 40, 0, 0), subsidy_penalty=0.1)
    least, _ = charged(with_county(poor, "birch", priority_fund=15))
    assert least == pytest.approx(2.9)


def test_remittance_shortfall() -> None:
    # 30 are owed and 10 there: twice 20 x 1 + 20 x 0.8.
    poor = needy("alder", Purse(10, 0, 30, 0), Purse(10, 0, 30, 0), shortfall_penalty=2)
    least, charges = charged(poor)
    assert least == pytest.approx(72)
    assert charges == pytest.approx(
        {("remittance_shortfall", "alder", 2027): 40, ("remittance_shortfall", "alder", 2028): 32}
    )


def test_both() -> None:
    # All 10 are remitted, 20 are short, and 30 are needed.
    poor = needy("alder", Purse(10, 30, 30, 0), Purse(100, 30, 30, 0.5), subsidy_penalty=0.1, shortfall_penalty=2)
    least, charges = charged(poor)
    assert least == pytest.approx(43)
    assert charges == pytest.approx({("remittance_shortfall", "alder", 2027): 40, ("subsidy", "alder", 2027): 3})


def test_nothing_where_there_is_no_penalty() -> None:
    least, charges = charged(needy("alder", Purse(10, 30, 30, 0), Purse(10, 30, 30, 0)))
    assert least == 0
    assert charges == {}
