import shlex
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

import optimizer.run
from inputs.problems import InvalidWorkbook
from models.instance import Instance
from models.plan import Result, Status
from optimizer.command_line import app
from optimizer.files import UnusablePath
from optimizer.options import InvalidOption
from optimizer.report_formats import FORMATS
from optimizer.run import background, carry_out, prepare, read_case
from reports.saved_result import load_result
from tests.optimizer.runs import played, write_small
from tests.small_workbook import set_setting, small_tables


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    tables = small_tables()
    set_setting(tables, "gap", 0.02)
    tables["Goods"][0] |= {"status": "assumption", "note": "as elsewhere", "source": "yearbook"}
    tables["Sources"] = [{"source_code": "yearbook", "title": "Yearbook", "attribution": "CC BY"}]
    return write_small(tmp_path, tables)


def test_prepare_reads_and_writes_nothing(workbook: Path, tmp_path: Path) -> None:
    run = prepare(workbook, variant="county", overrides=["Settings.seed.value=5"], folder=tmp_path / "out", threads=1)
    assert run.variant == run.instance.variant == "county"
    assert (run.options.gap, run.options.seed, run.options.threads) == (0.02, 5, 1)
    assert run.files.report == tmp_path / "out" / "small-county.xlsx"
    assert not (tmp_path / "out").exists()


def test_prepare_refuses(workbook: Path, tmp_path: Path) -> None:
    with pytest.raises(InvalidWorkbook, match="there is no variant 'villages'"):
        prepare(workbook, variant="villages")
    with pytest.raises(InvalidWorkbook, match="found -5"):
        read_case(workbook, None, ["Counties.alder.population=-5"])
    with pytest.raises(InvalidOption, match="found 7"):
        prepare(workbook, gap=7)
    with pytest.raises(UnusablePath, match="go into a folder"):
        prepare(workbook, folder=tmp_path / "report.xlsx")


def test_background_tells_where_the_run_comes_from(workbook: Path) -> None:
    run = prepare(workbook, overrides=["Counties.alder.population=5"])
    told = background(run, 2.5)
    assert told.workbook == "small.xlsx"
    assert told.sha256 == run.workbook.sha256
    assert told.options == {"gap": "0.02", "time_limit": "600.0", "threads": "2", "seed": "0", "solver": "HiGHS"}
    assert set(told.versions) == {"python", "countyplan", "pulp", "highspy", "highspy-extras"}
    assert told.seconds == 2.5
    assert told.notes == tuple(str(note) for note in run.workbook.notes)
    assert told.assumptions == (("Goods", "food", "as elsewhere"),)
    assert told.sources == (("yearbook", "Yearbook", "CC BY"),)
    assert told.variant == "both"
    assert told.overrides == ("Counties.alder.population=5",)


def test_command_repeats_the_run(workbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    asked = ["Settings.title.value=it's new", "Counties.alder.population=5"]
    run = prepare(workbook, variant="county", overrides=asked, gap=0.5, seed=3)
    seen = []

    def solve(instance: Instance, options: object, **others: object) -> Result:
        seen.append((instance, options))
        return played(Status.SOLVED)(instance, options)

    monkeypatch.setattr(optimizer.run, "solve", solve)
    program, *arguments = shlex.split(run.command)
    assert program == "countyplan"
    assert CliRunner().invoke(app, arguments).exit_code == 0
    ((instance, options),) = seen
    assert instance.title == "it's new"
    assert (instance.variant, instance.demand) == ("county", run.instance.demand)
    assert options == run.options


def test_carry_out_writes_report_result_log_and_lp(
    workbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(optimizer.run, "solve", played(Status.SOLVED))
    finished = carry_out(prepare(workbook, folder=tmp_path / "out"), write_lp=True)
    assert finished.reports["excel"] == tmp_path / "out" / "small-both.xlsx"
    assert "Summary" in load_workbook(finished.reports["excel"], read_only=True).sheetnames
    assert finished.log.read_text(encoding="utf-8") == "what the solver says\n"
    assert finished.lp is not None
    text = finished.lp.read_text(encoding="utf-8")
    assert "Minimize" in text
    assert "selected_once.alder" in text
    assert finished.saved == tmp_path / "out" / "small-both.result.zip"
    endings = (".xlsx", ".html", ".result.zip", ".lp", ".log")
    assert {path.name for path in (tmp_path / "out").iterdir()} == {f"small-both{ending}" for ending in endings}


def test_what_is_saved_is_the_run(workbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(optimizer.run, "solve", played(Status.SOLVED))
    run = prepare(workbook, folder=tmp_path / "out", overrides=["Counties.alder.population=5"])
    finished = carry_out(run)
    found = load_result(finished.saved)
    assert found.instance == run.instance
    assert found.result == finished.result
    assert found.background == background(run, found.background.seconds)


@pytest.mark.parametrize("status", [Status.NO_PLAN, Status.INFEASIBLE, Status.UNBOUNDED])
def test_a_run_without_a_plan_never_replaces_a_saved_plan(
    workbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, status: Status
) -> None:
    run = prepare(workbook, folder=tmp_path)
    monkeypatch.setattr(optimizer.run, "solve", played(Status.SOLVED))
    carry_out(run)
    monkeypatch.setattr(optimizer.run, "solve", played(status))
    for _ in range(2):
        assert carry_out(run).saved == tmp_path / "small-both-2.result.zip"
    assert load_result(run.files.result).result.plan is not None
    assert load_result(tmp_path / "small-both-2.result.zip").result.status is status


def test_a_plan_replaces_a_saved_result_with_or_without_one(
    workbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = prepare(workbook, folder=tmp_path)
    for status in (Status.NO_PLAN, Status.SOLVED, Status.STOPPED):
        monkeypatch.setattr(optimizer.run, "solve", played(status))
        assert carry_out(run).saved == run.files.result
        assert load_result(run.files.result).result.status is status


def test_a_file_that_is_no_saved_result_is_left(
    workbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = prepare(workbook, folder=tmp_path)
    run.files.result.write_text("mine")
    monkeypatch.setattr(optimizer.run, "solve", played(Status.SOLVED))
    assert carry_out(run).saved == tmp_path / "small-both-2.result.zip"
    assert run.files.result.read_text() == "mine"


def test_the_result_is_safe_when_the_report_fails(
    workbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(optimizer.run, "solve", played(Status.SOLVED))
    monkeypatch.setattr(optimizer.run, "write_report", fail)
    run = prepare(workbook, folder=tmp_path)
    with pytest.raises(ZeroDivisionError):
        carry_out(run)
    assert load_result(run.files.result).result.status is Status.SOLVED


def test_nothing_found_leaves_an_earlier_report(
    workbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = prepare(workbook, folder=tmp_path)
    run.files.report.write_text("earlier")
    monkeypatch.setattr(optimizer.run, "solve", played(Status.NO_PLAN))
    assert carry_out(run).reports == {}
    assert run.files.report.read_text() == "earlier"


def test_a_proof_that_there_is_no_plan_is_reported(
    workbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(optimizer.run, "solve", played(Status.INFEASIBLE))
    report = carry_out(prepare(workbook, folder=tmp_path)).reports["excel"]
    assert report is not None
    assert "No plan can satisfy every rule" in str(load_workbook(report)["Summary"]["A3"].value)


def test_a_report_that_is_open_elsewhere_gets_a_further_name(
    workbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows while Excel shows the earlier report."""

    def write(path: Path, *_: object) -> None:
        if path.name == "small-both.xlsx":
            raise PermissionError
        path.write_text("report")

    monkeypatch.setattr(optimizer.run, "solve", played(Status.SOLVED))
    monkeypatch.setitem(FORMATS, "excel", replace(FORMATS["excel"], write=write))
    assert carry_out(prepare(workbook, folder=tmp_path)).reports["excel"] == tmp_path / "small-both-2.xlsx"
