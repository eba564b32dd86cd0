"""The verifier's own sum of each cost term, and whether the charges of a plan agree with it."""

from collections.abc import Mapping

import pytest

from models.costs import charges_of
from models.plan import Charge, Plan
from models.verifier import COST_CLAUSES, verify_costs
from tests.models.budgeted_instance import budgeted_instance, budgeted_plan
from tests.models.small_instance import altered, changed, with_county, with_province

# The small plan with budgets, gifts of 15 and 5, and a support base in the north in 2028.
CASE = with_county(with_county(budgeted_instance(), "alder", donations=5), "birch", donations=15)
CASE = with_province(CASE, "north", support_uplift=0.1, support_cost=20)
PLAN = changed(budgeted_plan(CASE), donations={("birch", 2027): 15, ("alder", 2029): 5}, support={("north", 2028): 1})

# Weights 1, 0.8 and 0.64 of money; 1, 0.8 and 1.152 of running costs.
TOTALS: Mapping[str, float] = {
    # Birch 150 x 1 + 150 x 0.8 + 60; alder (100 + 30) x 0.8 + 20 x 0.64; cedar 285 x 0.64.
    "investment": 330 + 104 + 12.8 + 182.4,
    # Fixed: birch 3 x 1 + 3 x 0.8 + 12 x 1.152; alder (5 + 1) x 1.152; cedar 3 x 1.152.
    # By the tonne: birch 80 x 1 + 80 x 0.8 + 570 x 1.152; alder (140 + 21) x 1.152; cedar 80 x 1.152; alder's
    # existing plant 18 x 1 + 9 x 0.8 + 9 x 1.152.
    "operation": 3 + 2.4 + 21 * 1.152 + 144 + 811 * 1.152 + 18 + 7.2 + 9 * 1.152,
    # Grain 390 x 1 + 190 x 2 = 770. Fibre: birch 12 x 3 + 8 x 5 = 76, twice; alder 15 + 10; cedar 20 x 5.
    "inputs": 76 + 76 * 0.8 + (770 + 125) * 1.152,
    # 5 x 2 = 10, twice; alder 6 x 2, birch 10 x 2, cedar 5 x 3.
    "labour": 10 + 10 * 0.8 + 47 * 1.152,
    # 30 x 0.5 + 150 x 1.
    "transport": 165 * 1.152,
    "imports": 6000 + 6000 * 0.8 + 1500 * 1.152,
    "shortage": 3400 + 3700 * 0.8 + 3000 * 1.152,
    # A quarter of 15 x 1 + 5 x 0.64: what is paid once does not recur in the tail.
    "donor_premium": 0.25 * (15 + 3.2),
    # A tenth of 40 x 1 + 50.5 x 0.8.
    "subsidy": 0.1 * (40 + 40.4),
    # Twice 10 x 1 + 10 x 0.8.
    "remittance_shortfall": 2 * (10 + 8),
    "support": 20 * 0.8,
}


@pytest.mark.parametrize("term", COST_CLAUSES)
def test_total(term: str) -> None:
    assert COST_CLAUSES[term](CASE, PLAN) == pytest.approx(TOTALS[term])


def test_parts_due_after_the_plan_count() -> None:
    # Started in 2029, the provincial plant is paid 150 x 0.64 in 2029 and 150 x 0.512 in 2030, not 150 + 120.
    late = changed(PLAN, start={("birch", "food-provincial", 2027): None, ("birch", "food-provincial", 2029): 1})
    assert COST_CLAUSES["investment"](CASE, late) == pytest.approx(TOTALS["investment"] - 270 + 96 + 76.8)


def test_existing_plant_costs_by_the_tonne() -> None:
    dear = altered(CASE, "existing", ("alder", "cloth"), variable_cost=13)
    # 10 more for each of 6 x 1 + 3 x 0.8 + 3 x 1.152 weighted tonnes.
    assert COST_CLAUSES["operation"](dear, PLAN) == pytest.approx(TOTALS["operation"] + 118.56)


def test_goods_used_as_inputs_cost_nothing_again() -> None:
    # Their plants, their way and their import are charged already.
    sacks = altered(CASE, "inputs", "grain", good="cloth")
    more = changed(PLAN, made_input={("alder", "grain", 2029): 3})
    assert COST_CLAUSES["inputs"](sacks, more) == pytest.approx(TOTALS["inputs"])


def test_money_of_the_last_year_does_not_recur_in_the_tail() -> None:
    late = changed(
        PLAN,
        subsidy={("birch", 2029): 10},
        remittance_shortfall={("birch", 2029): 10},
        support={("north", 2028): None, ("north", 2029): 1},
    )
    assert COST_CLAUSES["subsidy"](CASE, late) == pytest.approx(TOTALS["subsidy"] + 0.64)
    assert COST_CLAUSES["remittance_shortfall"](CASE, late) == pytest.approx(TOTALS["remittance_shortfall"] + 12.8)
    assert COST_CLAUSES["support"](CASE, late) == pytest.approx(12.8)


class TestCharges:
    def test_those_of_the_model_agree(self) -> None:
        assert verify_costs(CASE, PLAN, charges_of(CASE, PLAN)) == ()

    @pytest.mark.parametrize("term", COST_CLAUSES)
    def test_wrong_one_is_found(self, term: str) -> None:
        charges = (*charges_of(CASE, PLAN), Charge(term, "alder", 2028, 1.0))
        (found,) = verify_costs(CASE, PLAN, charges)
        assert found.rule == term
        assert found.amount == pytest.approx(1.0)
        assert "won" in str(found)

    @pytest.mark.parametrize("term", COST_CLAUSES)
    def test_missing_ones_are_found(self, term: str) -> None:
        charges = [charge for charge in charges_of(CASE, PLAN) if charge.term != term]
        (found,) = verify_costs(CASE, PLAN, charges)
        assert found.amount == pytest.approx(TOTALS[term])

    def test_unknown_term_is_found(self) -> None:
        charges = (*charges_of(CASE, PLAN), Charge("bribes", "alder", 2028, 1.0))
        (found,) = verify_costs(CASE, PLAN, charges)
        assert (found.rule, found.amount) == ("bribes", 1.0)

    def test_nothing_costs_nothing(self) -> None:
        empty = Plan(**{name: {} for name, _ in PLAN.items()})
        assert verify_costs(CASE, empty, ()) == ()
