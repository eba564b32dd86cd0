"""A run in which the objective was only kept: what its file says to who reads it, and to who goes on from there."""

from dataclasses import replace
from pathlib import Path

import pytest

from models.instance import Instance
from models.plan import KEPT_AT, Result, Status
from optimizer.runs import KeptRuns, Run
from optimizer.solve import solve
from optimizer.verify_saved import verify_saved
from reports.background import Background
from reports.saved_result import SavedResult, load_result, save_result
from tests.models.small_instance import with_policy
from tests.optimizer.solving import EXACTLY
from tests.optimizer.test_frontier import TWO

INSTANCE = with_policy(TWO, objective="greatest coverage")
"""Nobody need go without; to leave out 3,000 people is cheaper."""

RUN = Run("cap", INSTANCE, EXACTLY, kept=3000.0)


def saved(path: Path, instance: Instance, result: Result) -> Path:
    save_result(path, SavedResult(instance, result, Background(workbook="", sha256="")))
    return path


@pytest.fixture(scope="module")
def cheaper() -> Result:
    return solve(INSTANCE, EXACTLY, kept=3000.0)


def test_nothing_is_proven_of_the_objective(tmp_path: Path, cheaper: Result) -> None:
    assert cheaper.objective == pytest.approx(290)
    assert cheaper.bound == pytest.approx(290)
    told = load_result(saved(tmp_path / "cap.result.zip", INSTANCE, cheaper))
    assert told.result.plan == cheaper.plan
    assert told.result.objective == pytest.approx(3000)
    assert (told.result.status, told.result.bound, told.result.gap) == (Status.STOPPED, None, None)
    assert told.result.provenance == {KEPT_AT: "3000.0"}
    assert verify_saved(told, None).holds


def test_who_goes_on_has_it_as_it_was_solved(tmp_path: Path, cheaper: Result) -> None:
    kept = KeptRuns(tmp_path)
    kept.keep(RUN, cheaper)
    assert kept.find(RUN) == cheaper


def test_no_plan_with_it_kept_is_no_proof_that_there_is_none(tmp_path: Path) -> None:
    must = with_policy(TWO, objective="greatest coverage", cost_cap=1.0)
    impossible = solve(must, EXACTLY, kept=0.0)
    assert impossible.status is Status.INFEASIBLE
    path = saved(tmp_path / "cap.result.zip", must, impossible)
    assert load_result(path).result.status is Status.NO_PLAN
    assert load_result(path, as_solved=True).result == impossible


def test_any_other_result_is_read_as_it_was_solved(tmp_path: Path) -> None:
    result = solve(INSTANCE, replace(EXACTLY, gap=0.01))
    assert load_result(saved(tmp_path / "best.result.zip", INSTANCE, result)).result == result
