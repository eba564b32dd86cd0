"""What was known before a search counts: the better plan and the higher bound, of the same problem alone."""

from dataclasses import replace
from pathlib import Path

import pytest

from inputs.reader import read_workbook
from models.instance import Instance
from models.plan import Result, Status
from optimizer.known_result import is_enough, known_of, with_known
from optimizer.solve import solve
from reports.background import Background
from reports.saved_result import SavedResult
from tests.models.small_instance import small_instance, with_policy
from tests.models.tiny_instance import a_plan
from tests.optimizer.assessed_instance import assessed_instance
from tests.optimizer.runs import result_of, write_small
from tests.optimizer.solving import EXACTLY

OPTIONS = replace(EXACTLY, gap=0.05)


def saved(instance: Instance, result: Result) -> SavedResult:
    return SavedResult(instance, result, Background(workbook="", sha256=""))


def found(objective: float | None, bound: float | None, **changes: object) -> Result:
    known = result_of(small_instance(), Status.STOPPED if objective is not None else Status.NO_PLAN)
    gap = None if objective is None or bound is None else (objective - bound) / objective
    return replace(known, objective=objective, bound=bound, gap=gap, **changes)  # type: ignore[arg-type]


class TestKnownOf:
    @pytest.fixture
    def instance(self, tmp_path: Path) -> Instance:
        """A problem of which the plan that does nothing keeps every rule."""
        return read_workbook(write_small(tmp_path)).instance("both")

    def test_a_result_of_the_problem_is_known_whatever_the_variant_is_called(self, instance: Instance) -> None:
        result = result_of(instance, Status.STOPPED)
        assert known_of(saved(instance, result), instance) is result
        assert known_of(saved(instance, result), replace(instance, variant="other")) is result

    def test_one_of_another_problem_is_not(self, instance: Instance) -> None:
        other = replace(instance, discount_rate=instance.discount_rate + 0.01)
        assert known_of(saved(other, result_of(other, Status.STOPPED)), instance) is None

    def test_nor_is_one_without_a_plan_or_whose_plan_breaks_a_rule(self, instance: Instance) -> None:
        result = result_of(instance, Status.STOPPED)
        assert known_of(saved(instance, result_of(instance, Status.NO_PLAN)), instance) is None
        assert known_of(saved(instance, replace(result, plan=a_plan())), instance) is None

    def test_of_a_run_that_made_the_cost_least_only_the_plan_is_known(self) -> None:
        instance = with_policy(assessed_instance(), objective="greatest coverage")
        kept = solve(instance, EXACTLY, kept=4000.0)
        assert (kept.objective, kept.bound, kept.gap) == (360, 360, 0)  # the cost
        known = known_of(saved(instance, kept), instance)
        assert known is not None
        assert known.plan == kept.plan
        assert (known.objective, known.bound, known.gap) == (3000, None, None)
        assert known.status is Status.STOPPED
        assert not is_enough(known, OPTIONS)

    def test_as_it_is_where_an_objective_is_missing(self, instance: Instance) -> None:
        result = result_of(instance, Status.STOPPED)
        known = known_of(saved(instance, replace(result, objective=None)), instance)
        assert known == replace(result, bound=None, gap=None)

    def test_a_result_of_another_objective_than_cost_is_known(self) -> None:
        instance = with_policy(assessed_instance(), objective="greatest coverage")
        result = solve(instance, EXACTLY)
        assert result.objective == result.bound == 3000
        assert known_of(saved(instance, result), instance) is result


class TestWithKnown:
    def test_a_better_plan_refutes_a_bound_above_it(self) -> None:
        both = with_known(found(110, 105), found(100, 80), OPTIONS)
        assert both is not None
        assert (both.objective, both.bound, both.status) == (100, 80, Status.STOPPED)

    def test_the_better_plan_and_the_higher_bound_count(self) -> None:
        both = with_known(found(110, 98), found(100, 80), OPTIONS)
        assert both is not None
        assert (both.objective, both.bound, both.gap) == (100, 98, pytest.approx(0.02))
        assert both.status is Status.SOLVED
        turned = with_known(found(100, 80), found(110, 98), OPTIONS)
        assert turned is not None
        assert (turned.objective, turned.bound) == (100, 98)

    def test_a_search_that_found_nothing_leaves_what_is_known(self) -> None:
        stopped = with_known(found(None, 85, interrupted=True), found(100, 80), OPTIONS)
        assert stopped is not None
        assert (stopped.objective, stopped.bound, stopped.status) == (100, 85, Status.STOPPED)
        assert stopped.interrupted
        never = with_known(None, found(100, 80), OPTIONS)
        assert never is not None
        assert (never.objective, never.bound) == (100, 80)

    def test_a_solved_status_is_that_of_the_gap_asked_for(self) -> None:
        loose = replace(found(100, 80), status=Status.SOLVED)
        told = with_known(None, loose, OPTIONS)
        assert told is not None
        assert told.status is Status.STOPPED

    def test_nothing_known_changes_nothing(self) -> None:
        assert with_known(None, None, OPTIONS) is None
        result = found(100, 90)
        assert with_known(result, None, OPTIONS) is result


def test_what_is_within_the_gap_is_enough() -> None:
    assert is_enough(found(100, 95), OPTIONS)
    assert not is_enough(found(100, 94), OPTIONS)
    assert not is_enough(found(100, None), OPTIONS)
    assert not is_enough(None, OPTIONS)
