"""A first plan keeps every rule or says what it needs; what it shows on workbooks taken as large is true."""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import optimizer.explain
from inputs.origins import Address
from inputs.reader import read_workbook
from inputs.shipped import shipped_workbook
from inputs.template import write_workbook
from models.instance import Instance
from models.plan import Status
from models.verifier import verify
from optimizer.conflict.first_plan import FirstPlan, with_outlets
from optimizer.conflict.problem import Given, OutOfTime
from optimizer.conflict.repairs import Change
from optimizer.conflict.shown import shown, with_reserves
from optimizer.explain import explain
from optimizer.options import options_from
from optimizer.solve import TOLERANCE, solve
from reports.explanation import Verdict
from tests.models.evaluation import optimal_plan
from tests.models.random_full_instance import random_full_instance
from tests.models.random_instance import random_instance
from tests.optimizer.infeasible_workbooks import BROKEN, Broken
from tests.optimizer.runs import write_small
from tests.optimizer.solving import EXACTLY
from tests.optimizer.test_conflict import NoOrigins

DRAWS: list[Callable[[int], Instance]] = [random_instance, random_full_instance]


def nearest(instance: Instance, seconds: float = 60.0) -> Given | None:
    search = FirstPlan(instance, NoOrigins(), EXACTLY, time.monotonic() + seconds, lambda: False, lambda _: None)
    return search.nearest()


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("draw", DRAWS, ids=["plain", "full"])
def test_what_needs_no_change_is_a_plan(draw: Callable[[int], Instance], seed: int) -> None:
    instance = draw(seed)
    found = nearest(instance)
    if found is not None and not found.changes:
        assert verify(instance, found.plan, TOLERANCE) == ()
        assert optimal_plan(instance)[1] is not None


def test_plans_are_found_where_there_are_some() -> None:
    feasible = [instance for instance in map(random_instance, range(12)) if optimal_plan(instance)[1] is not None]
    found = [given for given in map(nearest, feasible) if given is not None and not given.changes]
    assert len(feasible) > 5
    assert len(found) > len(feasible) / 2


def test_time_over_is_raised() -> None:
    with pytest.raises(OutOfTime):
        nearest(random_instance(0), seconds=-1.0)


def test_plants_that_can_not_pay_their_workers_are_left_out_where_others_can() -> None:
    instance = random_full_instance(1)
    policy = replace(instance.policy, least_stipend=0.0, min_plants=0, one_per_good=False)
    designs = {code: replace(design, quota=0.0) for code, design in instance.designs.items()}
    free = replace(instance, policy=policy, designs=designs)
    assert with_outlets(free)[0].options == free.options
    unpaid = replace(free, policy=replace(policy, least_stipend=1.0, stipend_share=0.0, min_plants=0))
    working = [place for place, option in unpaid.options.items() if option.workers > 0]
    ready = [
        place for place in working if unpaid.first_year + unpaid.designs[place[1]].lead_years <= unpaid.last_year
        and unpaid.counties[place[0]].market_product > 0
    ]  # fmt: skip
    assert ready
    assert all(with_outlets(unpaid)[0].options[place].max_plants == 0 for place in ready)


NAMES = (
    "budget",
    "decided against a province",
    "material",
    "floor and own plants only",
    "remittance of one year",
    "all must join",
    "only halves would do",
    "labour and material at once",
)
SOME = [case for case in BROKEN if case.name in NAMES]


@pytest.mark.parametrize("case", SOME, ids=lambda case: case.name)
def test_workbooks_taken_as_large_are_explained_too(
    case: Broken, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(optimizer.explain, "LARGE", 1)
    path = tmp_path / "broken.xlsx"
    write_workbook(path, case.tables(), wide=case.wide)
    found = explain(path, variant=case.variant, overrides=case.overrides, folder=tmp_path / "out").explanation
    assert found.verdict is Verdict.INFEASIBLE
    proven = [repair for repair in found.repairs if repair.proven]
    assert proven
    workbook = read_workbook(path)
    options = replace(options_from(workbook.settings), gap=1.0)
    for repair in proven:
        if len(repair.arguments) == len(repair.changes):
            instance = workbook.instance(case.variant, (*case.overrides, *repair.arguments))
            assert solve(instance, options).status in (Status.SOLVED, Status.STOPPED)


def test_a_plan_of_a_workbook_taken_as_large_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(optimizer.explain, "LARGE", 1)
    monkeypatch.delattr(optimizer.explain, "solve")
    assert explain(write_small(tmp_path), folder=tmp_path).explanation.verdict is Verdict.PLAN


def test_a_repair_whose_plan_breaks_a_rule_is_not_proven(tmp_path: Path) -> None:
    workbook = read_workbook(write_small(tmp_path))
    instance = workbook.instance("both")
    other = optimal_plan(instance)[1]
    assert other is not None
    wrong = replace(other, select=dict.fromkeys(other.select, 2.0) or {("alder", 2027): 2.0})
    change = Change(Address("Resources", "picks", "2027"), 1, 2)
    given = Given(0.0, {}, {}, wrong, {})
    found = shown(workbook, "both", (), [change], [change.address], 1.0, lambda *_: given)
    assert not found.proven
    assert found.changes == (change,)


@pytest.mark.parametrize("seed", [1, 4])
def test_reserves_of_a_plan_are_what_is_left(seed: int) -> None:
    instance = random_full_instance(seed)
    plan = optimal_plan(instance)[1]
    assert plan is not None
    emptied = replace(plan, reserve={})
    assert verify(instance, emptied, TOLERANCE)
    assert verify(instance, with_reserves(instance, emptied), TOLERANCE) == ()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("variant", "figure", "value"),
    [("announced", "Provinces.south-pyongan.most_picks", "1")],
)
def test_the_shipped_case_is_mended(variant: str, figure: str, value: str, tmp_path: Path) -> None:
    found = explain(
        shipped_workbook(), variant=variant, overrides=[f"{figure}={value}"], folder=tmp_path, time_limit=300.0
    ).explanation
    assert found.verdict is Verdict.INFEASIBLE
    assert any(figure in place.text for finding in found.arithmetic for place in finding.places)
    proven = [repair for repair in found.repairs if repair.proven]
    assert any(repair.arguments[0].startswith(figure) for repair in proven)
