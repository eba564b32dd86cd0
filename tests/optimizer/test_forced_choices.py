"""Bounds by choice: never above what the best plan with the choice costs, and by hand where that is easy."""

import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from models.instance import Instance
from models.plan import Result, Status
from models.problem import build_problem
from optimizer.alternatives_held import without
from optimizer.decomposition.blocks import Blocks
from optimizer.forced_choices import ENDING, choice_bounds, raised
from optimizer.solvers import End, HighsProblem
from reports.choice_bounds import Choice, ChoiceBounds
from tests.models.random_full_instance import random_capped_instance, random_full_instance
from tests.models.random_instance import random_instance
from tests.models.small_instance import with_policy
from tests.models.tiny_instance import tiny_instance
from tests.optimizer.assessed_instance import assessed_instance
from tests.optimizer.solving import EXACTLY

DRAWN = [(draw, seed) for draw in (random_instance, random_full_instance, random_capped_instance) for seed in range(10)]


def best_with(instance: Instance, county: str, choice: Choice) -> float | None:
    """What the best plan with a choice costs, from HiGHS in one piece; None where there is none."""
    problem, variables = build_problem(instance)
    highs = HighsProblem(problem, EXACTLY)
    highs.bound_columns(
        {variables.select[county, year].name: (float(year == choice),) * 2 for year in instance.years}
    )  # fmt: skip
    return _objective(highs)


def best_without(instance: Instance, county: str) -> float | None:
    """What the best plan costs where a county may not join; None where there is none."""
    problem, _ = build_problem(without(instance, [county]))
    return _objective(HighsProblem(problem, EXACTLY))


def _objective(highs: HighsProblem) -> float | None:
    answer = highs.solve(0.0, 60.0, lambda: False)
    assert answer.end in (End.FINISHED, End.INFEASIBLE)
    return answer.objective


def found_for(instance: Instance) -> ChoiceBounds:
    found = choice_bounds(instance, EXACTLY)
    assert found is not None
    return found


class TestProof:
    def test_never_above_the_best_plan_with_the_choice(self) -> None:
        compared = rises = 0
        for draw, seed in DRAWN:
            instance = draw(seed)
            found = choice_bounds(instance, EXACTLY)
            for (county, choice), change in found.change.items() if found is not None else ():
                best = best_with(instance, county, choice)
                if best is not None:
                    assert found is not None
                    compared += 1
                    rises += change > 1e-6
                    assert found.bound + change <= best + 1e-6 * max(1.0, abs(best)), (draw, seed, county, choice)
        assert compared > 100
        assert rises > 30

    def test_never_above_the_best_plan_without_the_county(self) -> None:
        compared = 0
        for draw, seed in DRAWN:
            instance = draw(seed)
            found = choice_bounds(instance, EXACTLY)
            for county, change in found.barred.items() if found is not None else ():
                best = best_without(instance, county)
                if best is not None:
                    assert found is not None
                    compared += 1
                    assert found.bound + change <= best + 1e-6 * max(1.0, abs(best)), (draw, seed, county)
        assert compared > 20

    def test_of_several_choices_is_one_of_plans_that_make_them_all(self) -> None:
        instance = with_policy(assessed_instance(), min_plants=1)
        found = found_for(instance)
        choices = {"alder": 2027, "birch": 2028}
        forced = replace(instance, decided=choices)
        best = _objective(HighsProblem(build_problem(forced)[0], EXACTLY))
        assert best == pytest.approx(460)
        together = found.together(choices.items())
        assert together == pytest.approx(sum(found.change[choice] for choice in choices.items()))
        assert together is not None
        assert found.bound + together <= 460 + 1e-6


class TestByHand:
    def test_twins_cost_the_same(self) -> None:
        # One of two joins, for 30 instead of 100: whichever.
        found = found_for(tiny_instance(["alder", "birch"], picks={2027: 1}))
        assert found.bound == pytest.approx(130, rel=1e-6)
        assert list(found.change.values()) == pytest.approx([0, 0, 0, 0], abs=1e-5)

    def test_county_that_must_be_first(self) -> None:
        # At any price of a place in 2027 from 100 to 200 birch is worth it and the others are not.
        found = found_for(with_policy(assessed_instance(), min_plants=1))
        assert found.bound == pytest.approx(360, rel=1e-5)
        assert found.change["birch", 2027] == pytest.approx(0, abs=1e-5)
        assert 0 < found.change["birch", 2028] <= 100 + 1e-5
        assert 0 < found.change["alder", 2027] <= 100 + 1e-5
        assert found.at_least([("alder", 2027)], 360.0) == pytest.approx(found.change["alder", 2027], abs=0.01)
        assert found.at_least([("alder", 2027)], 500.0) == 0
        assert 100 < found.barred["birch"] <= 200 + 1e-5

    def test_what_no_plan_does_is_infinite(self) -> None:
        base = with_policy(assessed_instance(decided={"birch": 2028}), min_plants=1)
        barred = replace(base.counties["cedar"], eligible_from=None)
        found = found_for(replace(base, counties={**base.counties, "cedar": barred}))
        assert [found.change["birch", choice] for choice in (2027, None)] == [math.inf, math.inf]
        assert [found.change["cedar", choice] for choice in (2027, 2028)] == [math.inf, math.inf]
        assert found.change["cedar", None] == 0
        assert "birch" not in found.barred

    def test_county_that_all_plans_have(self) -> None:
        # Both must join, for 30 each though a mill saves nothing: barring one saves 30.
        idle = tiny_instance(["alder", "birch"], demand={(place, "food", 2027): 0.0 for place in ("alder", "birch")})
        found = found_for(with_policy(replace(idle, picks={2027: 2}), picks_exact=True, min_plants=1))
        assert found.change["alder", None] == math.inf
        assert found.barred["alder"] == pytest.approx(-30, abs=1e-4)

    def test_without_a_plan_there_are_no_bounds(self) -> None:
        poor = with_policy(tiny_instance(central_funds={2027: 0.0}), min_plants=1, join_all=True)
        counties = {code: replace(county, local_funds=0.0) for code, county in poor.counties.items()}
        assert choice_bounds(replace(poor, counties=counties), EXACTLY) is None


class TestKept:
    def test_found_again(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        first = choice_bounds(assessed_instance(), EXACTLY, tmp_path)
        (kept,) = tmp_path.iterdir()
        assert kept.name.endswith(ENDING)
        monkeypatch.setattr(HighsProblem, "relax", None)  # not asked for again
        assert choice_bounds(assessed_instance(), EXACTLY, tmp_path) == first

    def test_goes_on_where_it_was_stopped(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        whole = choice_bounds(assessed_instance(), EXACTLY)
        real, solved = Blocks.least, []

        def least(blocks: Blocks, block: int, *arguments: Any, **named: Any) -> list[float | None]:
            found = real(blocks, block, *arguments, **named)
            solved.append(block)
            return found

        monkeypatch.setattr(Blocks, "least", least)
        part = choice_bounds(assessed_instance(), EXACTLY, tmp_path, should_stop=lambda: len(solved) > 0)
        assert part is not None
        assert whole is not None
        assert {county for county, _ in part.change} == {"alder"}
        assert all(part.change[key] == whole.change[key] for key in part.change)
        assert part.bound <= whole.bound
        assert choice_bounds(assessed_instance(), EXACTLY, tmp_path) == whole
        assert len(solved) == 3

    def test_same_whatever_the_threads(self) -> None:
        assert choice_bounds(assessed_instance(), EXACTLY) == choice_bounds(assessed_instance(), EXACTLY, threads=2)

    @pytest.mark.parametrize("spoil", [lambda path: path.write_bytes(b"no zip"), np.savez])
    def test_file_that_cannot_be_read_is_left_aside(
        self, tmp_path: Path, spoil: Callable[[Path], object], caplog: pytest.LogCaptureFixture
    ) -> None:
        first = choice_bounds(assessed_instance(), EXACTLY, tmp_path)
        (kept,) = tmp_path.iterdir()
        spoil(kept)
        assert choice_bounds(assessed_instance(), EXACTLY, tmp_path) == first
        assert "is left aside" in caplog.text

    def test_stopped_before_anything_is_known(self) -> None:
        assert choice_bounds(assessed_instance(), EXACTLY, should_stop=lambda: True) is None


class TestRaised:
    RESULT = Result(Status.STOPPED, None, 200.0, 100.0, 0.5, 1.0, "HiGHS", (), ())

    @pytest.mark.parametrize(("bound", "told"), [(90.0, (100, 0.5)), (150.0, (150, 0.25)), (201.0, (200, 0.0))])
    def test_takes_the_better_bound(self, bound: float, told: tuple[float, float]) -> None:
        found = raised(self.RESULT, bound)
        assert (found.bound, found.gap) == pytest.approx(told)

    def test_without_a_plan_nothing_is_raised(self) -> None:
        assert raised(replace(self.RESULT, objective=None), 150.0).bound == 100
