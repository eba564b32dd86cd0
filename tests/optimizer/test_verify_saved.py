"""A saved result checked again: what is broken is told, in words."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from inputs.problems import InvalidWorkbook
from inputs.template import write_workbook
from models.plan import Result, Status
from models.verifier import CLAUSES, COST_CLAUSES, Violation
from optimizer.exit_codes import ExitCode
from optimizer.options import SolveOptions
from optimizer.run import background, prepare
from optimizer.solve import solve
from optimizer.verify_saved import (
    CLAIMS,
    broken_lines,
    differences,
    in_words,
    verification_lines,
    verify_saved,
)
from reports.saved_result import SavedResult
from tests.models.measures.programme import programme
from tests.models.random_full_instance import random_full_instance
from tests.models.tiny_instance import tiny_instance
from tests.optimizer.runs import result_of, write_small
from tests.reports.example import BACKGROUND
from tests.small_workbook import find_row, set_setting, small_tables


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    return write_small(tmp_path)


@pytest.fixture
def saved(workbook: Path) -> SavedResult:
    """The small workbook's variant of county plants, and a plan in which nothing is done."""
    run = prepare(workbook, variant="county", overrides=["Counties.alder.population=20000"], gap=0.3)
    return SavedResult(run.instance, result_of(run.instance, Status.SOLVED), background(run))


def altered(saved: SavedResult, **changes: Any) -> SavedResult:
    return replace(saved, result=replace(saved.result, **changes))


def with_plan(saved: SavedResult, **families: Any) -> SavedResult:
    assert saved.result.plan is not None
    return altered(saved, plan=replace(saved.result.plan, **families))


def broken(saved: SavedResult) -> set[str]:
    """Names of what does not hold."""
    plan = verify_saved(saved).plan
    assert plan is not None
    return {violation.rule for violation in plan.violations}


class TestAlone:
    def test_all_holds(self, saved: SavedResult) -> None:
        verification = verify_saved(saved)
        assert verification.holds
        assert verification.exit_code is ExitCode.SOLVED
        assert verification.plan is not None
        assert verification.plan.objective == pytest.approx(saved.result.objective)
        assert verification.gap == pytest.approx(0.25)
        assert list(broken_lines(verification)) == []
        told = dict(verification_lines(verification))
        assert told["Verified"] == "every rule is kept, and every figure follows from the plan"
        assert told["Set"] == "Counties.alder.population=20000"
        assert told["Gap, recomputed"] == "25.00 %"

    def test_a_broken_rule_is_told_with_the_names_of_places(self, saved: SavedResult) -> None:
        assert saved.result.plan is not None
        short = dict(saved.result.plan.shortage)
        short["alder", "food", 2027] -= 500.0
        verification = verify_saved(with_plan(saved, shortage=short))
        assert not verification.holds
        assert verification.exit_code is ExitCode.INVALID_WORKBOOK
        lines = list(broken_lines(verification))
        assert lines[0] == "What does not hold of the saved result:"
        assert any(line.startswith("  demand (Alder [alder], Foodstuffs [food], 2027): supply") for line in lines)
        assert broken(with_plan(saved, shortage=short)) == {"demand", "shortage", "objective", "bound", "gap"} - {
            "bound"
        }
        assert dict(verification_lines(verification))["Verified"].startswith("NO: 4 breaches of 4 rules")

    def test_a_place_that_there_is_not(self, saved: SavedResult) -> None:
        verification = verify_saved(with_plan(saved, imports={("atlantis", "food", 2027): 1.0}))
        assert "  domain (imports, atlantis, Foodstuffs [food], 2027): there is no county atlantis" in list(
            broken_lines(verification)
        )

    @pytest.mark.parametrize(
        ("name", "changes"),
        [
            ("objective", {"objective": 1.0, "bound": 1.0, "gap": 0.0}),
            ("objective", {"objective": None}),
            ("bound", {"bound": 1e9, "gap": 0.0}),
            ("gap", {"gap": 0.2}),
            ("gap", {"gap": None}),
            ("gap", {"bound": None}),
            ("status", {"status": Status.INFEASIBLE}),
            ("status", {"bound": 1.0, "gap": 1 - 1 / 90_000_000}),
            ("investment", {"charges": ()}),
        ],
    )
    def test_a_figure_that_does_not_follow_from_the_plan(
        self, saved: SavedResult, name: str, changes: dict[str, Any]
    ) -> None:
        if name == "investment":
            charges = (replace(saved.result.charges[0], term="investment", amount=5.0), *saved.result.charges)
            changes = {"charges": charges}
        assert name in broken(altered(saved, **changes))

    def test_a_gap_above_the_one_asked_for_is_fine_for_a_run_that_stopped(self, saved: SavedResult) -> None:
        narrow = replace(saved, background=replace(saved.background, options={"gap": "0.01"}))
        assert broken(narrow) == {"status"}
        assert broken(altered(narrow, status=Status.STOPPED)) == set()

    def test_a_run_without_a_bound(self, saved: SavedResult) -> None:
        verification = verify_saved(altered(saved, status=Status.STOPPED, bound=None, gap=None))
        assert verification.holds
        assert dict(verification_lines(verification))["Gap, recomputed"] == "not known"

    @pytest.mark.parametrize("status", [Status.NO_PLAN, Status.INFEASIBLE, Status.UNBOUNDED])
    def test_without_a_plan_there_is_nothing_to_check(self, saved: SavedResult, status: Status) -> None:
        verification = verify_saved(replace(saved, result=result_of(saved.instance, status)))
        assert verification.exit_code is ExitCode.USAGE
        assert dict(verification_lines(verification))["Plan"] == "none, so that there is nothing to check"

    def test_many_breaches_of_one_rule_are_cut_short_unless_asked_for(self, saved: SavedResult) -> None:
        verification = verify_saved(with_plan(saved, imports={(f"c{n}", "food", 2027): 1.0 for n in range(30)}))
        short, full = list(broken_lines(verification)), list(broken_lines(verification, every=True))
        assert "  domain: and 10 more (-v lists them)" in short
        assert sum(line.startswith("  domain (imports, c") for line in full) == 30

    @pytest.mark.parametrize("seed", [0, 1, 2, 3, 4, 5])
    def test_what_solve_finds_holds_whatever_the_objective(self, seed: int) -> None:
        """Their gaps allow for what is given up of an objective while the cost is made least after it."""
        instance = random_full_instance(seed)
        result = solve(instance, SolveOptions(gap=0.0, time_limit=30.0, threads=1, seed=0, solver="HiGHS"))
        run = SavedResult(instance, result, replace(BACKGROUND, options={"gap": "0.0"}))
        verification = verify_saved(run)
        assert verification.holds, list(broken_lines(verification))

    def test_a_run_that_kept_an_objective_made_the_cost_least(self) -> None:
        instance = tiny_instance(("alder", "birch"))
        instance = replace(instance, policy=replace(instance.policy, objective="greatest coverage"))
        options = SolveOptions(gap=0.0, time_limit=30.0, threads=1, seed=0, solver="HiGHS")
        result = solve(instance, options, kept=2000.0)
        verification = verify_saved(SavedResult(instance, result, BACKGROUND))
        assert verification.holds, list(broken_lines(verification))
        assert verification.plan is not None
        assert verification.plan.objective == verification.plan.cost
        assert "People not covered, recomputed" in dict(verification_lines(verification))


class TestAgainstAWorkbook:
    def test_the_same(self, saved: SavedResult, workbook: Path) -> None:
        verification = verify_saved(saved, str(workbook))
        assert verification.holds
        assert verification.against is not None
        assert (verification.against.same_file, verification.against.same_problem) == (True, True)
        told = dict(verification_lines(verification))
        assert "the file that was solved" in told["Workbook"]
        assert told["Its problem"] == "the problem that was solved"

    def test_another_file_with_the_same_problem(self, saved: SavedResult, tmp_path: Path) -> None:
        tables = small_tables()
        tables["Goods"][0]["note"] = "a remark, which is no part of the problem"
        other = write_small(tmp_path, tables, "other.xlsx")
        verification = verify_saved(saved, str(other))
        assert verification.holds
        assert verification.against is not None
        assert (verification.against.same_file, verification.against.same_problem) == (False, True)

    def test_another_problem_whose_rules_the_plan_keeps(self, saved: SavedResult, tmp_path: Path) -> None:
        tables = small_tables()
        find_row(tables, "Goods", good="food")["shortage_penalty"] = 6000
        set_setting(tables, "build_window", 1)
        verification = verify_saved(saved, str(write_small(tmp_path, tables)))
        assert verification.holds
        assert verification.against is not None
        assert verification.against.differences == (
            "policy.build_window: 0 when solved, 1 in the workbook",
            "goods: 1 changed",
        )
        told = dict(verification_lines(verification))
        assert told["Its problem"] == "another than was solved"
        # twice 7000 t of food at 6000 and 700 t of cloth at 9000
        assert told["Cost of the plan there"] == "96,600,000 money discounted to 2027"
        assert told["Verified there"] == "the plan keeps every rule of the workbook"

    def test_another_problem_whose_rules_the_plan_breaks(self, saved: SavedResult, tmp_path: Path) -> None:
        tables = small_tables()
        set_setting(tables, "picks_rule", "exactly")
        find_row(tables, "Goods", good="cloth")["norm"] = 20
        verification = verify_saved(saved, str(write_small(tmp_path, tables)))
        assert not verification.holds
        assert verification.exit_code is ExitCode.INVALID_WORKBOOK
        lines = list(broken_lines(verification))
        assert lines[0] == "What the plan breaks of small.xlsx:"
        assert any(
            line.startswith("  picks_per_year (2027): counties joining is 0 counties, at least 1") for line in lines
        )
        assert any(line.startswith("  demand (Cedar [cedar], Clothing [cloth], 2028):") for line in lines)
        assert verification.plan is not None
        assert verification.plan.violations == ()

    def test_a_county_that_is_gone_there(self, saved: SavedResult, tmp_path: Path) -> None:
        tables = small_tables()
        for sheet in ("Counties", "Sites", "CountyInputs"):
            tables[sheet] = [row for row in tables[sheet] if row["county"] != "cedar"]
        verification = verify_saved(saved, str(write_small(tmp_path, tables)))
        assert verification.against is not None
        assert "counties: 1 no longer there" in verification.against.differences
        assert any("there is no county cedar" in line for line in broken_lines(verification))

    def test_the_values_set_for_the_run_are_set_again(self, saved: SavedResult, workbook: Path) -> None:
        forgotten = replace(saved, background=replace(saved.background, overrides=()))
        verification = verify_saved(forgotten, str(workbook))
        assert verification.against is not None
        assert not verification.against.same_problem
        assert "counties: 1 changed" in verification.against.differences

    def test_a_workbook_without_the_variant(self, saved: SavedResult, workbook: Path) -> None:
        other = replace(saved, background=replace(saved.background, variant="villages"))
        with pytest.raises(InvalidWorkbook, match="there is no variant 'villages'"):
            verify_saved(other, str(workbook))

    def test_only_the_order_differs(self, saved: SavedResult, tmp_path: Path) -> None:
        tables = small_tables()
        tables["Counties"].reverse()
        other = tmp_path / "turned.xlsx"
        write_workbook(other, tables)
        verification = verify_saved(saved, str(other))
        assert verification.holds
        assert verification.against is not None
        assert not verification.against.same_problem
        assert "counties: in another order" in verification.against.differences

    def test_a_run_without_a_plan_can_be_compared(self, saved: SavedResult, workbook: Path) -> None:
        none: Result = result_of(saved.instance, Status.INFEASIBLE)
        verification = verify_saved(replace(saved, result=none), str(workbook))
        assert verification.against is not None
        assert verification.against.same_problem
        assert verification.exit_code is ExitCode.USAGE


def test_no_difference_of_a_problem_from_itself() -> None:
    assert list(differences(programme(), programme())) == []


@pytest.mark.parametrize(
    ("violation", "words"),
    [
        (Violation("picks_per_year", (2030,), "too many", 1.0), "picks_per_year (2030): too many"),
        (Violation("investment", (), "is off", 1.0), "investment: is off"),
        (Violation("province_picks", ("north", 2030), "too few", 1.0), "province_picks (North [north], 2030): too few"),
        (
            Violation("capacity", ("alder", "weave", 2030), "over", 1.0),
            "capacity (Alder [alder], Weaving mill [weave], 2030): over",
        ),
    ],
)
def test_breaches_in_words(violation: Violation, words: str) -> None:
    instance = programme()
    designs = {**instance.designs, "weave": replace(instance.designs["weave"], name="Weaving mill")}
    counties = {**instance.counties, "alder": replace(instance.counties["alder"], name="Alder")}
    assert in_words(violation, replace(instance, designs=designs, counties=counties)) == words


def test_claims_are_no_rules() -> None:
    assert not set(CLAIMS) & {*CLAUSES, *COST_CLAUSES}
