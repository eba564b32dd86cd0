"""Workbooks broken in known ways: the cause is named, and what is proposed mends it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

import optimizer.explain
from inputs.origins import Address
from inputs.reader import read_workbook
from inputs.template import write_workbook
from models.plan import Status
from optimizer.command_line import app
from optimizer.exit_codes import ExitCode
from optimizer.explain import Explained, explain, explained_file
from optimizer.files import UnusablePath
from optimizer.options import options_from
from optimizer.solve import solve
from reports.explanation import Verdict, explanation_lines
from tests.optimizer.infeasible_workbooks import BROKEN, Broken
from tests.optimizer.runs import played, write_small

Explainer = Callable[[Broken], tuple[Path, Explained]]


@pytest.fixture(scope="module")
def explained(tmp_path_factory: pytest.TempPathFactory) -> Explainer:
    folder = tmp_path_factory.mktemp("broken")

    @cache
    def of(case: Broken) -> tuple[Path, Explained]:
        path = folder / f"{case.name.replace(' ', '-')}.xlsx"
        write_workbook(path, case.tables(), wide=case.wide)
        return path, explain(path, variant=case.variant, overrides=case.overrides, folder=folder / "out")

    return of


def address(text: str) -> Address:
    sheet, _, rest = text.partition(".")
    key, _, column = rest.rpartition(".")
    return Address(sheet, key, column)


def first_plan(path: Path, variant: str, overrides: Sequence[str]) -> Status:
    """What solving comes to, to a first plan."""
    workbook = read_workbook(path)
    options = replace(options_from(workbook.settings), gap=1.0, time_limit=30.0)
    return solve(workbook.instance(variant, overrides), options).status


CASES = pytest.mark.parametrize("case", BROKEN, ids=lambda case: case.name)


@CASES
def test_there_is_no_plan(case: Broken, explained: Explainer) -> None:
    path, found = explained(case)
    assert first_plan(path, case.variant, case.overrides) is Status.INFEASIBLE
    assert found.explanation.verdict is Verdict.INFEASIBLE
    assert not found.explanation.remarks


@CASES
def test_cause_is_named_by_its_cell(case: Broken, explained: Explainer) -> None:
    path, found = explained(case)
    origins = read_workbook(path).origins(case.variant, case.overrides)
    named = {place.text for place in found.explanation.places}
    lacking = {cause for cause in case.causes if origins.of(address(cause)).text not in named}
    assert not lacking, f"{lacking} not among {named}"


@CASES
def test_a_repair_makes_room_for_a_plan(case: Broken, explained: Explainer) -> None:
    path, found = explained(case)
    proven = [repair for repair in found.explanation.repairs if repair.proven]
    assert proven, list(explanation_lines(found.explanation))
    tried = [repair for repair in proven if len(repair.arguments) == len(repair.changes)]
    for repair in tried[:1]:
        overrides = (*case.overrides, *repair.arguments)
        assert first_plan(path, case.variant, overrides) in (Status.SOLVED, Status.STOPPED), repair


def test_most_causes_are_within_a_conflict_that_is_proven_irreducible(explained: Explainer) -> None:
    remarks = [explained(case)[1].explanation.conflict_remark for case in BROKEN]
    assert not [remark for remark in remarks if "time" in remark or not remark]


class TestCommand:
    def test_tells_and_marks_and_ends_with_the_code_of_infeasible(self, tmp_path: Path) -> None:
        path = write_small(tmp_path, BROKEN[0].tables())
        before = path.read_bytes()
        told = CliRunner().invoke(app, ["explain", str(path), "-o", str(tmp_path / "out")])
        assert told.exit_code == ExitCode.INFEASIBLE
        assert "Resources!C5: 500 instead of 100 (central_funds 2027)" in told.output
        assert "small-explained.xlsx" in told.output
        assert path.read_bytes() == before
        book = load_workbook(tmp_path / "out" / "small-explained.xlsx")
        assert "Repair 1: 500 instead" in book["Resources"]["C5"].comment.text

    def test_with_a_plan_there_is_nothing_to_explain(self, tmp_path: Path) -> None:
        told = CliRunner().invoke(app, ["explain", str(write_small(tmp_path)), "-o", str(tmp_path / "out")])
        assert told.exit_code == ExitCode.SOLVED
        assert "there is a plan" in told.output
        assert not (tmp_path / "out").exists()

    def test_the_workbook_itself_is_never_the_copy(self, tmp_path: Path) -> None:
        path = write_small(tmp_path, BROKEN[0].tables())
        twin = tmp_path / "small-explained.xlsx"
        assert explained_file(path, tmp_path) == twin
        twin.hardlink_to(path)
        with pytest.raises(UnusablePath, match="the workbook itself"):
            explained_file(path, tmp_path)
        with pytest.raises(UnusablePath, match="names a file"):
            explained_file(path, twin)

    def test_solve_gives_the_first_part_with_cells(self, tmp_path: Path) -> None:
        path = write_small(tmp_path, BROKEN[0].tables())
        told = CliRunner().invoke(app, ["solve", str(path), "-o", str(tmp_path / "out")])
        assert told.exit_code == ExitCode.INFEASIBLE
        assert "Central funds of 2027 are at most 100 (Resources!C5)" in told.output
        assert "explain" in told.output


@pytest.mark.parametrize(("status", "verdict"), [(Status.UNBOUNDED, Verdict.UNBOUNDED), (Status.SOLVED, Verdict.PLAN)])
def test_what_solving_comes_to_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, status: Status, verdict: Verdict
) -> None:
    monkeypatch.setattr(optimizer.explain, "solve", played(status))
    assert explain(write_small(tmp_path), folder=tmp_path).explanation.verdict is verdict


def test_time_over_tells_what_is_known_so_far(tmp_path: Path) -> None:
    path = write_small(tmp_path, BROKEN[0].tables())
    found = explain(path, folder=tmp_path / "out", time_limit=0.001).explanation
    assert found.verdict is Verdict.INFEASIBLE
    assert found.arithmetic
    assert "--time-limit" in found.remarks[0]


def test_interrupted_tells_what_is_known_so_far(tmp_path: Path) -> None:
    path = write_small(tmp_path, BROKEN[0].tables())
    found = explain(path, folder=tmp_path / "out", should_stop=lambda: True).explanation
    assert found.interrupted
    assert found.arithmetic


def test_an_unmade_repair_is_not_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(optimizer.explain, "solve", played(Status.INFEASIBLE))
    assert explain(write_small(tmp_path, BROKEN[0].tables()), folder=tmp_path).explanation.repairs == ()


def test_a_repair_that_could_not_be_tried_in_time_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(optimizer.explain, "solve", played(Status.NO_PLAN))
    repairs = explain(write_small(tmp_path, BROKEN[0].tables()), folder=tmp_path).explanation.repairs
    assert repairs
    assert not any(repair.proven for repair in repairs)
    assert all("not proven" in repair.proof for repair in repairs)


def test_large_problems_are_mended_by_arithmetic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(optimizer.explain, "LARGE", 1)
    found = explain(write_small(tmp_path, BROKEN[0].tables()), folder=tmp_path).explanation
    assert found.repairs[0].proven
    assert found.repairs[0].arguments == ("Resources.central_funds.2027=500",)
