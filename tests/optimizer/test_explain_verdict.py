"""A plan outweighs what arithmetic says, and a conflict holds nothing that whole plants do not need."""

import logging
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import optimizer.explain
from inputs.origins import Address
from models.instance import Instance
from models.records import BuildOption, ExistingPlant, Input, Lane
from optimizer.conflict import Conflict
from optimizer.conflict.arithmetic import contradictions
from optimizer.conflict.contradiction import Contradiction
from optimizer.conflict.levels import levels
from optimizer.conflict.problem import ConflictProblem
from optimizer.explain import _remark, _Search, explain
from reports.explanation import Verdict
from tests.models.evaluation import optimal_plan
from tests.models.tiny_instance import design, divided_instance, option, tiny_instance
from tests.optimizer.runs import write_small
from tests.optimizer.solving import EXACTLY
from tests.optimizer.test_conflict import NoOrigins

PICKS = Address("Resources", "picks", "2027")


def cloth_of_two_uses() -> Instance:
    """The south is covered with cloth by its own plant. In the north old plants make 30 t, people want 20 t, and the
    mill takes more: all arrivals count as coverage, and so the north can come near."""
    case = divided_instance("alder", "birch", "cedar", southern="alder", goods=("food", "cloth"))
    return replace(
        case,
        policy=replace(case.policy, disparity_limit=0.3, disparity_from=2027, existing_held=True),
        goods={**case.goods, "cloth": replace(case.goods["cloth"], shortage_penalty=50)},
        designs={"mill": replace(case.designs["mill"], inputs={"canvas": 1.0})},
        options={("birch", "mill"): option(capacity=40.0)},
        lanes={**case.lanes, ("birch", "alder", "food"): Lane(0, 0), ("birch", "cedar", "food"): Lane(0, 0)},
        inputs={"canvas": Input("canvas", "Canvas", local_price=1, bought_price=100, good="cloth")},
        existing={("alder", "cloth"): ExistingPlant(10.0, 1, 0.0), ("birch", "cloth"): ExistingPlant(30.0, 1, 0.0)},
    )


def three_ways_short_by_a_little() -> Instance:
    """One plant must be built, and each design takes too much of two of labour, steel and money. Any two limits
    therefore rule out a whole plant; parts of two designs could be mixed, and only all three limits rule that out."""

    def needs(labour: float, steel: float, money: float) -> BuildOption:
        return option(construction_labour=100 * labour, materials={"steel": 100 * steel}, investment=100 * money)

    case = tiny_instance()
    return replace(
        case,
        policy=replace(case.policy, min_plants=1, picks_exact=True),
        designs={code: design(code, "food") for code in ("first", "second", "third")},
        options={
            ("alder", "first"): needs(2, 2, 0),
            ("alder", "second"): needs(1, 0, 1),
            ("alder", "third"): needs(0, 1, 1),
        },
        counties={"alder": replace(case.counties["alder"], local_funds=0, local_labour=0)},
        picks={2027: 1},
        central_labour={2027: 55.0},
        central_material={("steel", 2027): 55.0},
        central_funds={2027: 90.0},
    )


def search_of(instance: Instance) -> _Search:
    return _Search(
        workbook=None,  # type: ignore[arg-type]  # only repairs read it
        variant=instance.variant,
        overrides=(),
        instance=instance,
        origins=NoOrigins(),
        options=EXACTLY,
        arriving=1.0,
        begun=time.monotonic(),
        report=lambda stage: None,
        stop=lambda: False,
    )


def wrong(instance: Instance) -> Iterator[Contradiction]:
    yield Contradiction("No county may join ({0}).", ((PICKS,),))


def test_what_plants_take_counts_as_coverage() -> None:
    instance = cloth_of_two_uses()
    assert optimal_plan(instance)[1] is not None
    assert list(contradictions(instance)) == []


def test_provinces_too_far_apart_are_still_told() -> None:
    instance = cloth_of_two_uses()
    few = {**instance.existing, ("birch", "cloth"): ExistingPlant(5.0, 1, 0.0)}
    short = replace(instance, existing=few)
    assert optimal_plan(short)[1] is None
    assert "further apart" in next(iter(contradictions(short))).message


def test_a_plan_outweighs_arithmetic(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(optimizer.explain, "contradictions", wrong)
    with caplog.at_level(logging.WARNING):
        found = explain(write_small(tmp_path), folder=tmp_path / "out")
    assert found.explanation.verdict is Verdict.PLAN
    assert found.explanation.arithmetic == ()
    assert found.copy is None
    assert "No county may join" in caplog.text


def test_a_first_plan_of_a_large_problem_outweighs_arithmetic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(optimizer.explain, "contradictions", wrong)
    monkeypatch.setattr(optimizer.explain, "LARGE", 1)
    found = explain(write_small(tmp_path), folder=tmp_path / "out").explanation
    assert found.verdict is Verdict.PLAN
    assert found.arithmetic == ()


def without_repairs(problem: ConflictProblem, *, whole: bool, wanted: int) -> Iterator[None]:
    yield from ()


def test_whole_plants_need_every_limit_of_a_conflict(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(optimizer.explain, "alternatives", without_repairs)
    instance = three_ways_short_by_a_little()
    search = search_of(instance)
    search.run()
    conflict, level = search.conflict, list(levels(instance))[-1]
    problem = ConflictProblem(level.instance, level.rules, EXACTLY, NoOrigins(), time.monotonic() + 60)
    assert conflict is not None
    assert not problem.can_hold(conflict.limits, whole=True)
    for limit in conflict.limits:
        assert problem.can_hold([other for other in conflict.limits if other != limit], whole=True), limit
    assert conflict.whole is problem.can_hold(conflict.limits, whole=False)
    assert "parts" not in _remark(conflict)


def test_needed_in_parts_only_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a large problem the conflict is not gone through once more with whole numbers."""
    monkeypatch.setattr(optimizer.explain, "alternatives", without_repairs)
    search = search_of(three_ways_short_by_a_little())
    monkeypatch.setattr(_Search, "_large", True)
    monkeypatch.setattr(_Search, "_mend", lambda self: None)
    search.run()
    assert search.conflict is not None
    assert "can hold, if parts of plants and of joinings count" in _remark(search.conflict)


def test_needed_in_whole_plants_is_said_without_more() -> None:
    conflict = Conflict((PICKS, PICKS), needed=True, by_kind=False, whole=False, in_parts=False)
    assert "without any one of them the others can hold. " in _remark(conflict)
