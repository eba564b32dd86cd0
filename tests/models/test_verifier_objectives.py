"""The verifier's own value of each objective."""

from dataclasses import replace
from typing import get_args

import pytest

from models.plan import Plan
from models.records import Objective
from models.verifier import COST_CLAUSES, OBJECTIVE_CLAUSES
from tests.models.breaches import PLAN, SMALL
from tests.models.budgeted_instance import budgeted_instance, budgeted_plan
from tests.models.small_instance import changed, with_county, with_entries, with_policy, with_province

EMPTY = Plan(**{name: {} for name, _ in PLAN.items()})


def test_every_objective_has_its_clause() -> None:
    assert set(OBJECTIVE_CLAUSES) == set(get_args(Objective))


@pytest.mark.parametrize("objective", [name for name in OBJECTIVE_CLAUSES if name != "greatest even coverage"])
def test_empty_plan_has_nothing(objective: str) -> None:
    assert OBJECTIVE_CLAUSES[objective](SMALL, EMPTY) == 0


def test_least_cost_is_the_sum_of_all_terms() -> None:
    case = with_province(with_policy(budgeted_instance(), donor_premium=0.25), "north", support_cost=20)
    plan = changed(budgeted_plan(case), donations={("alder", 2029): 5}, support={("north", 2028): 1})
    terms = [clause(case, plan) for clause in COST_CLAUSES.values()]
    assert min(terms) > 0
    assert OBJECTIVE_CLAUSES["least cost"](case, plan) == pytest.approx(sum(terms))


class TestGreatestCoverage:
    # Of food and cloth, alder gets from abroad or not at all 1 + 0.4, 1 + 0.7 and 0 of its demand in the three years;
    # birch 1, 1 and 1 (cloth, in 2029); cedar 2, 2 and 150/300 + 10/30.

    def test_people_and_goods(self) -> None:
        # 10,000 people a county, a half for each good.
        expected = 5_000 * (1.4 + 1 + 2 + 1.7 + 1 + 2 + 0 + 1 + 0.5 + 1 / 3)
        assert OBJECTIVE_CLAUSES["greatest coverage"](SMALL, PLAN) == pytest.approx(expected)

    def test_from_a_year_on(self) -> None:
        late = with_policy(SMALL, objective_from=2029)
        assert OBJECTIVE_CLAUSES["greatest coverage"](late, PLAN) == pytest.approx(5_000 * (1 + 0.5 + 1 / 3))

    def test_counties_count_by_their_people(self) -> None:
        late = with_policy(with_county(SMALL, "cedar", population=60_000), objective_from=2029)
        expected = 5_000 + 30_000 * (0.5 + 1 / 3)
        assert OBJECTIVE_CLAUSES["greatest coverage"](late, PLAN) == pytest.approx(expected)

    def test_goods_that_nobody_wants_do_not_count(self) -> None:
        # Cedar's people then all want food, of which half is imported.
        late = with_policy(with_entries(SMALL, "demand", {("cedar", "cloth", 2029): 0}), objective_from=2029)
        assert OBJECTIVE_CLAUSES["greatest coverage"](late, PLAN) == pytest.approx(5_000 + 10_000 * 0.5)


class TestGreatestLeastCoverage:
    def test_worst_of_all(self) -> None:
        assert OBJECTIVE_CLAUSES["greatest least coverage"](SMALL, PLAN) == pytest.approx(1)

    def test_from_a_year_on(self) -> None:
        # Birch is short of 8 of 20 t of cloth and cedar imports 150 of 300 t of food.
        late = with_policy(SMALL, objective_from=2029)
        plan = changed(PLAN, shortage={("birch", "cloth", 2029): 8})
        assert OBJECTIVE_CLAUSES["greatest least coverage"](late, plan) == pytest.approx(0.5)

    def test_imports_and_shortage_together(self) -> None:
        late = with_policy(SMALL, objective_from=2029)
        plan = changed(PLAN, shortage={("birch", "cloth", 2029): 8, ("cedar", "food", 2029): 60})
        assert OBJECTIVE_CLAUSES["greatest least coverage"](late, plan) == pytest.approx(0.7)


class TestGreatestEvenCoverage:
    # In 2029 alder gets all of both goods, birch all of its food and none of its cloth, cedar half of its food and two
    # thirds of its cloth: 1, 1/2 and 7/12.

    def test_three_counties_alike_in_people(self) -> None:
        # Nine pairs: six of them differ, twice by 1/2, by 5/12 and by 1/12, which halved is 1/9.
        late = with_policy(SMALL, objective_from=2029, coverage_weight=0.0)
        assert OBJECTIVE_CLAUSES["greatest even coverage"](late, PLAN) == pytest.approx(1 / 9)

    def test_weight_of_the_mean(self) -> None:
        # They lack 0, 1/2 and 5/12: 11/36 on average.
        late = with_policy(SMALL, objective_from=2029, coverage_weight=0.5)
        assert OBJECTIVE_CLAUSES["greatest even coverage"](late, PLAN) == pytest.approx(1 / 9 + 11 / 72)

    def test_counties_count_by_their_people(self) -> None:
        # Half of the people live in cedar, a quarter in each other: alder and birch 1/32, alder and cedar 5/96, birch
        # and cedar 1/96.
        late = with_policy(with_county(SMALL, "cedar", population=20_000), objective_from=2029, coverage_weight=0.0)
        assert OBJECTIVE_CLAUSES["greatest even coverage"](late, PLAN) == pytest.approx(9 / 96)

    def test_mean_of_years(self) -> None:
        weights = {year: with_policy(SMALL, objective_from=year) for year in (2028, 2029)}
        value = OBJECTIVE_CLAUSES["greatest even coverage"]
        last, both = value(weights[2029], PLAN), value(weights[2028], PLAN)
        only = replace(weights[2028], demand={key: t if key[2] < 2029 else 0 for key, t in SMALL.demand.items()})
        assert both == pytest.approx((last + value(only, PLAN)) / 2)

    def test_nobody_is_served(self) -> None:
        # None is worse off than another, and all lack everything.
        assert OBJECTIVE_CLAUSES["greatest even coverage"](SMALL, EMPTY) == pytest.approx(1)
        assert OBJECTIVE_CLAUSES["greatest even coverage"](with_policy(SMALL, coverage_weight=0.0), EMPTY) == 0


class TestLeastConcentration:
    def test_largest_of_all(self) -> None:
        # Food: 500 t of birch's plant and 125 of alder's for 600 t wanted. Cloth: 40 and 10 t for 60.
        assert OBJECTIVE_CLAUSES["least concentration"](SMALL, PLAN) == pytest.approx(625 / 600)

    def test_other_good(self) -> None:
        # All but the cloth.
        plan = changed(PLAN, start=dict.fromkeys(key for key in PLAN.start if key[1].startswith("food")))
        assert OBJECTIVE_CLAUSES["least concentration"](SMALL, plan) == pytest.approx(50 / 60)


def test_least_central_funds() -> None:
    # Construction 160 + 0.8 x 210 + 0.64 x 257, subsidies 40 + 0.8 x 50.5, a support base 0.8 x 20.
    case = with_province(budgeted_instance(), "north", support_cost=20)
    plan = changed(budgeted_plan(case), support={("north", 2028): 1})
    expected = 160 + 168 + 164.48 + 40 + 40.4 + 16
    assert OBJECTIVE_CLAUSES["least central funds"](case, plan) == pytest.approx(expected)
