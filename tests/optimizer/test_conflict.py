"""Arithmetic never speaks where there is a plan; a conflict is irreducible; every rule is a limit or says why not."""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from inputs.origins import Address, Origin
from inputs.reader import read_workbook
from inputs.template import write_workbook
from models.instance import Instance
from models.problem import build_problem
from models.rules import RULES
from models.tightening import local_means_while_building
from optimizer.conflict import smallest_conflict
from optimizer.conflict.arithmetic import contradictions
from optimizer.conflict.contradiction import Contradiction, exceeds, rounded, untold
from optimizer.conflict.levels import levels
from optimizer.conflict.limits import FIXED, LIMITS, gives_of
from optimizer.conflict.mending import mending
from optimizer.conflict.problem import ConflictProblem, OutOfTime
from optimizer.conflict.repairs import repaired
from optimizer.conflict.words import limit_words
from optimizer.options import options_from
from optimizer.solvers import constraints_of
from tests.models.evaluation import optimal_plan
from tests.models.random_full_instance import random_full_instance
from tests.models.random_instance import random_instance
from tests.optimizer.infeasible_workbooks import BROKEN, Broken
from tests.optimizer.solving import EXACTLY

Draw = Callable[[int], Instance]
ProblemOf = Callable[[Broken], ConflictProblem]


def test_every_rule_is_a_limit_or_fixed() -> None:
    names = {rule.__name__ for rule in RULES}
    assert set(LIMITS) - {local_means_while_building.__name__} | set(FIXED) == names
    assert not set(LIMITS) & set(FIXED)


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("draw", [random_instance, random_full_instance], ids=["plain", "full"])
def test_arithmetic_is_silent_where_there_is_a_plan(draw: Draw, seed: int) -> None:
    instance = draw(seed)
    told = list(contradictions(instance))
    if told:
        assert optimal_plan(instance)[1] is None, told


def test_arithmetic_speaks_of_some_that_have_none() -> None:
    without = [i for i in map(random_full_instance, range(40)) if optimal_plan(i)[1] is None]
    assert len(without) > 5
    assert sum(1 for instance in without if list(contradictions(instance))) > len(without) / 3


class NoOrigins:
    """Origins of an instance that no workbook has."""

    def effective(self, address: Address) -> Address:
        return address

    def of(self, address: Address) -> Origin:
        return Origin(address, None, None, "")


@pytest.mark.parametrize("seed", range(15))
@pytest.mark.parametrize("draw", [random_instance, random_full_instance], ids=["plain", "full"])
def test_steps_hold_where_there_is_a_plan_and_the_last_only_there(draw: Draw, seed: int) -> None:
    """What is left out of a step only makes room, and with all rules the problem is the whole one."""
    instance = draw(seed)
    held = []
    for level in levels(instance):
        problem = ConflictProblem(level.instance, level.rules, EXACTLY, NoOrigins(), time.monotonic() + 60)
        held.append(problem.can_hold(problem.limits, whole=True))
        if not problem.can_hold(problem.limits, whole=False):
            assert not held[-1]
    if optimal_plan(instance)[1] is None:
        assert not held[-1]
    else:
        assert held == [True, True, True]


@pytest.fixture
def problem_of(tmp_path: Path) -> ProblemOf:
    def of(case: Broken) -> ConflictProblem:
        path = tmp_path / "broken.xlsx"
        write_workbook(path, case.tables(), wide=case.wide)
        workbook = read_workbook(path)
        instance = workbook.instance(case.variant, case.overrides)
        origins = workbook.origins(case.variant, case.overrides)
        level = list(levels(instance))[-1]
        options = options_from(workbook.settings)
        return ConflictProblem(level.instance, level.rules, options, origins, time.monotonic() + 60)

    return of


SOME = [
    case for case in BROKEN if case.name in ("picks", "workers", "floor and own plants only", "only halves would do")
]


@pytest.mark.parametrize("case", SOME, ids=lambda case: case.name)
def test_conflict_is_irreducible(case: Broken, problem_of: ProblemOf) -> None:
    problem = problem_of(case)
    conflict = smallest_conflict(problem, whole=True)
    assert conflict.needed
    assert not problem.can_hold(conflict.limits, whole=True)
    for limit in conflict.limits:
        others = [other for other in conflict.limits if other != limit]
        assert problem.can_hold(others, whole=True), limit


def test_only_whole_numbers_conflict(problem_of: ProblemOf) -> None:
    (case,) = (case for case in BROKEN if case.name == "only halves would do")
    bare = problem_of(case)
    assert not bare.can_hold(bare.limits, whole=True)
    free = {Address("Counties", county, "local_labour") for county in ("alder", "birch", "cedar")}
    held = [limit for limit in bare.limits if limit not in free]
    assert bare.can_hold(held, whole=True)


def test_time_over_is_said(tmp_path: Path) -> None:
    path = tmp_path / "broken.xlsx"
    write_workbook(path, BROKEN[0].tables())
    workbook = read_workbook(path)
    instance, origins = workbook.instance("both"), workbook.origins("both")
    level = next(levels(instance))
    problem = ConflictProblem(
        level.instance, level.rules, options_from(workbook.settings), origins, time.monotonic() - 1
    )
    with pytest.raises(OutOfTime):
        smallest_conflict(problem, whole=False)


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case.name)
def test_mends_of_arithmetic_take_their_contradiction_away(case: Broken, tmp_path: Path) -> None:
    path = tmp_path / "broken.xlsx"
    write_workbook(path, case.tables(), wide=case.wide)
    workbook = read_workbook(path)
    origins = workbook.origins(case.variant, case.overrides)
    found = list(contradictions(workbook.instance(case.variant, case.overrides)))
    for changes in mending(workbook, case.variant, case.overrides, origins, found, 1.0):
        instance, overrides = repaired(workbook, case.variant, case.overrides, changes)
        assert not list(contradictions(instance)), overrides


@pytest.mark.parametrize(
    ("value", "direction", "found"), [(600.0, -1, 600.0), (2311.5, 1, 2320.0), (2311.5, -1, 2310.0), (0.1234, 1, 0.124)]
)
def test_values_are_rounded_to_three_digits_in_the_direction_that_loosens(
    value: float, direction: int, found: float
) -> None:
    assert rounded(value, direction) == pytest.approx(found)


def test_rounding_makes_no_contradiction() -> None:
    assert not exceeds(100.0000001, 100.0)
    assert exceeds(101.0, 100.0)


def test_what_names_nothing_new_is_left_out() -> None:
    cement, picks = Address("Resources", "cement", "2027"), Address("Resources", "picks", "2027")
    first, again = Contradiction("a", ((cement, picks),)), Contradiction("b", ((picks,),))
    assert list(untold([first, again])) == [first]


def test_every_limit_has_words() -> None:
    for seed in range(30):
        instance = random_full_instance(seed)
        policy = replace(instance.policy, gini_cap=0.5, uncovered_cap=9.0, cost_cap=9.0, coverage_floor=0.1)
        instance = replace(instance, policy=policy)
        gives = gives_of(instance, lambda address: address)
        problem, _ = build_problem(instance, tightenings=(local_means_while_building,))
        years = {str(year): year for year in instance.years}
        for name, _ in constraints_of(problem):
            rule, *index = name.split(".")
            if rule not in LIMITS:
                continue
            for give in gives(rule, tuple(years.get(part, CODES.get(part, part)) for part in index)):
                assert limit_words(instance, NoOrigins(), give.limit)


CODES = {
    f"{good}_{kind}": f"{good}-{kind}" for good in ("food", "cloth") for kind in ("plain", "large", "modern", "joint")
}
"""Codes of designs by their names in the problem."""
