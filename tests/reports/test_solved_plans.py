"""What the tables of solved plans must hold, whatever the plan is made for."""

from dataclasses import replace
from typing import get_args

import pytest
from pandas import DataFrame

from models.records import Objective
from optimizer.options import SolveOptions
from optimizer.solve import solve
from reports.tables import frames
from tests.models.measures.programme import programme

NEAR = 1e-4
OPTIONS = SolveOptions(gap=0.0, time_limit=60.0, threads=1, seed=0, solver="HiGHS")


@pytest.fixture(scope="module", params=get_args(Objective))
def told(request: pytest.FixtureRequest) -> dict[str, DataFrame]:
    instance = programme()
    instance = replace(instance, policy=replace(instance.policy, objective=request.param, local_input_share=0.3))
    result = solve(instance, OPTIONS)
    assert result.plan is not None
    return dict(frames(instance, result))


def test_central_budget_adds_up(told: dict[str, DataFrame]) -> None:
    table = told["central_budget"]
    spent = table["construction"] + table["subsidies"] + table["support"]
    assert (table["available"] - spent - table["reserve"]).abs().max() < NEAR
    paid = told["who_pays"]
    assert paid[(paid["year"] == "all years") & (paid["province"] == "")]["central"].sum() == pytest.approx(
        table["construction"].sum()
    )


def test_county_budgets_balance(told: dict[str, DataFrame]) -> None:
    table = told["county_budgets"]
    left = table["revenue"] - table["paid"] + table["subsidy"] + table["draw"]
    assert (left - table["essential"] - table["local_funds"] - table["surplus"]).abs().max() < NEAR
    assert (table["paid"] + table["shortfall"] - table["due"]).abs().max() < NEAR
    assert told["national_remittances"]["paid"].sum() == pytest.approx(table["paid"].sum())


def test_shares_lie_between_none_and_all(told: dict[str, DataFrame]) -> None:
    for name, columns in {
        "equity": ("gini", "coverage", "least_county_coverage", "greatest_province_coverage"),
        "dispersion": ("largest_share", "herfindahl", "coverage_left"),
        "self_sufficiency_by_year": ("own_share",),
        "local_inputs": ("local_share",),
        "utilisation": ("used_share", "allowed_share"),
        "labour": ("pool_share",),
    }.items():
        for column in columns:
            known = told[name][column].dropna()
            assert known.between(-NEAR, 1 + NEAR).all(), f"{name}: {column}"


def test_measures_agree_with_the_rules(told: dict[str, DataFrame]) -> None:
    nation = told["local_inputs"][told["local_inputs"]["province"] == ""]
    assert (nation["local_share"].dropna() >= nation["asked"].max() - NEAR).all()
    by_county = told["quotas"][told["quotas"]["design"] == ""]["least_incentive"].dropna()
    assert (by_county >= 0.5 - NEAR).all()
    used = told["utilisation"]
    assert (used["output"] <= used["allowed"] + NEAR).all()
    assert (told["dispersion"]["coverage_left"] <= told["dispersion"]["coverage"] + NEAR).all()
