"""The verifier passes a plan that obeys every rule, and finds each way to break one: that rule, there, and no other."""

import ast
import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import FrozenInstanceError, fields
from pathlib import Path
from typing import Any

import pytest

from models.instance import Instance
from models.plan import Plan
from models.records import NO_LIMIT, ExistingPlant
from models.verifier import CLAUSES, DOMAIN, Violation, verify
from tests.models.breaches import BREACHES, OBEYING, PLAN, SMALL, Breach, Obeying
from tests.models.breaches.building import PLAN_WITHOUT_EXISTING, PLAN_WITHOUT_MODERN
from tests.models.breaches.choosing import NO_CLINIC, NO_PACKAGE, PLAN_WITHOUT_CEDAR, PLAN_WITHOUT_CLINIC
from tests.models.small_instance import (
    changed,
    small_instance,
    with_county,
    with_entries,
    with_option,
    with_policy,
    with_province,
    without_entries,
)

ROOT = Path(__file__).resolve().parents[2]


def test_feasible_plan_passes() -> None:
    assert verify(SMALL, PLAN) == ()


@pytest.mark.parametrize("breach", BREACHES, ids=str)
def test_breach_is_found_and_nothing_else(breach: Breach) -> None:
    violation, *others = verify(breach.instance, breach.plan)
    assert (violation.rule, violation.index) == (breach.rule, breach.index)
    assert violation.amount == pytest.approx(breach.amount)
    assert [other.rule for other in others] == ([breach.also] if breach.also else [])


@pytest.mark.parametrize("breach", [breach for breach in BREACHES if breach.rule != DOMAIN], ids=str)
def test_clause_alone_finds_the_same(breach: Breach) -> None:
    assert tuple(CLAUSES[breach.rule](breach.instance, breach.plan)) == verify(breach.instance, breach.plan)[:1]


def test_every_rule_has_a_breach() -> None:
    assert {breach.rule for breach in BREACHES} == {DOMAIN, *CLAUSES}


@pytest.mark.parametrize("obeying", OBEYING, ids=str)
def test_plan_that_just_obeys_passes(obeying: Obeying) -> None:
    assert verify(obeying.instance, obeying.plan) == ()


def test_every_rule_that_the_small_instance_has_not_is_obeyed_somewhere() -> None:
    # All other clauses find something to judge in the small instance itself.
    assert {obeying.rule for obeying in OBEYING} >= {
        "modernisations_per_year", "support_uplift", "quota_first", "local_input_share", "stipends", "donation_limit",
        "local_revenue", "remittance_due", "remit_first", "priority_fund_balance", "national_remittance",
        "disparity_limit", "dispersion_cap",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("instance", "plan"),
    [
        (NO_CLINIC, PLAN_WITHOUT_CLINIC),
        (with_policy(SMALL, picks_exact=False, join_all=False), PLAN_WITHOUT_CEDAR),
        (with_policy(SMALL, **NO_PACKAGE), PLAN_WITHOUT_MODERN),
        (without_entries(SMALL, "existing", ("alder", "cloth")), PLAN_WITHOUT_EXISTING),
    ],
    ids=["no clinic", "no cedar", "no modernised plant", "no existing plant"],
)
def test_plans_that_breaches_start_from(instance: Instance, plan: Plan) -> None:
    assert [found for found in verify(instance, plan) if found.rule != "modernise_existing"] == []


class TestWhatIsAllowed:
    def test_picks_run_out(self) -> None:
        assert verify(with_entries(SMALL, "picks", {2029: 20}), PLAN) == ()

    def test_year_without_a_figure_of_picks(self) -> None:
        assert verify(with_entries(SMALL, "picks", {2028: NO_LIMIT}), PLAN) == ()

    def test_exact_picks_after_a_year_without_a_figure_run_out_too(self) -> None:
        # One county joins freely in 2027, another in 2028; of the 3 due in 2029 one is left.
        free = with_entries(SMALL, "picks", {2027: NO_LIMIT, 2028: NO_LIMIT, 2029: 3})
        assert verify(free, PLAN) == ()

    def test_least_of_a_province_lapses_when_no_county_is_left(self) -> None:
        # Both of north have joined by 2028; in 2028 only one is left of the 2 due.
        assert {found.index for found in verify(with_province(SMALL, "north", least_picks=2, most_picks=2), PLAN)} == {
            ("north", 2027)
        }

    def test_barred_county_need_not_join(self) -> None:
        assert verify(with_county(SMALL, "cedar", eligible_from=None), PLAN_WITHOUT_CEDAR) == ()
        assert verify(with_county(SMALL, "cedar", eligible_from=2030), PLAN_WITHOUT_CEDAR) == ()

    def test_unlimited_means(self) -> None:
        free = small_instance(
            picks=dict.fromkeys(SMALL.years, NO_LIMIT),
            central_labour=dict.fromkeys(SMALL.years, NO_LIMIT),
            central_material=dict.fromkeys(SMALL.central_material, NO_LIMIT),
            import_currency=dict.fromkeys(SMALL.years, NO_LIMIT),
            central_funds=dict.fromkeys(SMALL.years, NO_LIMIT),
        )
        without_reserve = changed(PLAN, reserve={(2027,): None, (2028,): None, (2029,): None})
        assert verify(with_county(free, "alder", workers=NO_LIMIT), without_reserve) == ()

    def test_unlimited_capacity(self) -> None:
        assert verify(with_option(SMALL, "birch", "food-provincial", capacity=math.inf), PLAN) == ()

    def test_differences_within_the_tolerance(self) -> None:
        nearly = changed(
            PLAN,
            imports={("cedar", "food", 2029): 150 + 1e-5},
            select={("birch", 2027): 1 - 1e-8},
            central_labour={("alder", 2029): -1e-9},
        )
        assert verify(SMALL, nearly) == ()
        assert {found.rule for found in verify(SMALL, nearly, tolerance=1e-10)} >= {"demand", "joined_by", DOMAIN}


class TestValuesThatAreNoNumbers:
    PLACE: Mapping[str, Any] = {
        "county": "birch", "origin": "birch", "destination": "alder", "province": "north", "design": "food-county",
        "good": "food", "input": "grain", "material": "steel", "year": 2028,
    }  # fmt: skip

    @pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
    def test_found_in_any_variable(self, value: float) -> None:
        for family in fields(PLAN):
            name, index = family.name, tuple(self.PLACE[part] for part in family.metadata["index"])
            rule = "joined_by" if name == "select" else DOMAIN
            broken = verify(SMALL, changed(PLAN, **{name: {index: value}}))
            found = {violation.index for violation in broken if violation.rule == rule}
            assert found == {index if name == "select" else (name, *index)}

    def test_part_of_a_plant(self) -> None:
        found = verify(SMALL, changed(PLAN, start={("alder", "food-county", 2028): 1.5}))
        assert (DOMAIN, ("start", "alder", "food-county", 2028)) in {(broken.rule, broken.index) for broken in found}


class TestViolation:
    def test_reads_as_one_line_with_units(self) -> None:
        (found,) = verify(with_entries(SMALL, "central_labour", {2028: 16}), PLAN)
        assert str(found) == (
            "central_labour_pool (2028): central labour used is 17 person-years, at most 16 person-years: "
            "1 person-years over"
        )

    @pytest.mark.parametrize("breach", BREACHES, ids=str)
    def test_names_its_rule_and_index(self, breach: Breach) -> None:
        (line,) = str(verify(breach.instance, breach.plan)[0]).splitlines()
        assert line.startswith(f"{breach.rule} (")
        assert all(str(part) in line for part in breach.index)

    def test_is_frozen(self) -> None:
        violation = Violation("demand", (), "message", 1.0)
        with pytest.raises(FrozenInstanceError):
            violation.amount = 2.0  # type: ignore[misc]


def test_empty_plan_breaks_what_demands_something() -> None:
    empty = Plan(**{name: {} for name, _ in PLAN.items()})
    broken = Counter(found.rule for found in verify(SMALL, empty))
    # Three counties never join; 1, 1 and 2 picks are missed; north's least in 3 years; birch's choice; demand of
    # 3 counties, 2 goods and 3 years; the budget of 3 years is neither spent nor kept.
    assert broken == {
        "selected_once": 3, "picks_per_year": 3, "province_picks": 3, "decided": 1, "demand": 18, "central_budget": 3,
    }  # fmt: skip


def test_existing_plant_that_is_not_there_makes_nothing() -> None:
    gone = without_entries(SMALL, "existing", ("alder", "cloth"))
    (*_, last) = CLAUSES["existing_capacity"](gone, PLAN)
    assert (last.index, last.amount) == (("alder", "cloth", 2029), 3)
    small = with_entries(SMALL, "existing", {("alder", "cloth"): ExistingPlant(6, 3, 0)})
    assert verify(small, PLAN) == ()


def test_verifier_shares_no_code_with_the_model() -> None:
    """It may import what a problem and a plan are, and nothing of how rules and costs are written."""
    imported = set()
    files = list((ROOT / "models" / "verifier").glob("*.py"))
    assert len(files) > 10
    for path in files:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                imported.add(node.module or "")
    ours = {name for name in imported if name.startswith("models") and not name.startswith("models.verifier")}
    assert ours == {"models.instance", "models.plan"}
    assert "pulp" not in imported
