"""Saved results side by side without solving: the same as when they were solved, and told under names that differ."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import optimizer.runs.work
from models.instance import Instance
from models.plan import Result, Status
from optimizer.compare import carry_out_comparison, prepare_comparison, taken_from
from optimizer.compare_saved import comparison_of_saved, reports_of_saved
from optimizer.comparison_reports import further_results
from optimizer.files import UnusablePath
from optimizer.options import InvalidOption
from optimizer.report_formats import ReportChoices
from reports.html.comparison import is_comparison_page
from reports.saved_result import SavedResult, load_result, save_result
from tests.optimizer.commands import run
from tests.optimizer.runs import result_of, write_small


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A comparison that was solved and written."""
    folder = tmp_path_factory.mktemp("solved")
    prepared = prepare_comparison(
        write_small(folder), variants=["both", "county"], folder=folder / "out", gap=0.0, base="both"
    )
    return carry_out_comparison(prepared)


def command(*arguments: object) -> Result:
    return run("report", *arguments)


def test_compare_writes_the_page_beside_the_workbook(compared: Any) -> None:
    assert compared.page == compared.file.with_suffix(".html")
    assert is_comparison_page(compared.page)
    assert compared.page.stat().st_size < 2_000_000


def test_saved_results_give_the_comparison_again(compared: Any) -> None:
    """But for the names of variants, which a saved result does not have."""
    first, again = compared.comparison, comparison_of_saved(list(compared.saved.values()))
    assert again.base_code == "both"
    for name in ("proven_differences", "results", "source_changes", "cost_changes"):
        told, before = (one.tables[name].drop(columns="variant_name", errors="ignore") for one in (again, first))
        assert told.equals(before), name
    assert list(again.tables["summary_sentences"]["words"]) == list(first.tables["summary_sentences"]["words"])
    assert again.background.command.startswith("countyplan report ")
    assert again.background.workbook == "small.xlsx"


def test_another_base_and_the_names_of_files(compared: Any, tmp_path: Path) -> None:
    both, county = compared.saved["both"], compared.saved["county"]
    assert comparison_of_saved([both, county], base="county").base_code == "county"
    copy = tmp_path / "small-both-dear.result.zip"
    copy.write_bytes(both.read_bytes())
    told = comparison_of_saved([both, copy])
    assert [one.variant for one in told.variants] == ["small-both", "small-both-dear"]
    with pytest.raises(InvalidOption, match="base should be one of"):
        comparison_of_saved([both, county], base="villages")
    with pytest.raises(UnusablePath, match="named twice"):
        comparison_of_saved([both, both])


def test_a_variant_that_cannot_be_is_told_as_infeasible(compared: Any, tmp_path: Path) -> None:
    known = load_result(compared.saved["county"])
    never = tmp_path / "never.result.zip"
    save_result(never, SavedResult(known.instance, result_of(known.instance, Status.INFEASIBLE), known.background))
    told = command(compared.saved["both"], never, "-o", tmp_path / "out", "--format", "html")
    assert told.exit_code == 0
    assert "county: No plan can satisfy every rule" in told.output
    page = tmp_path / "out" / "small-comparison.html"
    assert "no plan: infeasible" in page.read_text(encoding="utf-8")
    assert [file.name for file in page.parent.iterdir()] == [page.name]


def test_a_plan_taken_over_is_known_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`county` stops early with nothing, `both` with a plan; that keeps every rule of `county` too."""

    def play(instance: Instance, *_: object, **__: object) -> Result:
        status = Status.NO_PLAN if instance.variant == "county" else Status.STOPPED
        return result_of(instance, status)

    monkeypatch.setattr(optimizer.runs.work, "solve", play)
    prepared = prepare_comparison(write_small(tmp_path), variants=["both", "county"], folder=tmp_path / "out")
    finished = carry_out_comparison(prepared)
    assert finished.comparison.by_code["county"].plan_of == "both"
    assert taken_from(load_result(finished.saved["county"]).result) == "both"
    assert comparison_of_saved(list(finished.saved.values())).by_code["county"].plan_of == "both"


def test_report_of_several_results_writes_both_formats(compared: Any, tmp_path: Path) -> None:
    told = command(*compared.saved.values(), "-o", tmp_path, "--base", "county", "--charts", "svg")
    assert told.exit_code == 0
    assert "Of the 2 variants with a plan, both is the cheapest: proven." in told.output
    names = {file.name for file in tmp_path.iterdir()}
    assert names == {"small-comparison.xlsx", "small-comparison.html", "small-comparison-charts"}
    charts = {file.stem for file in (tmp_path / "small-comparison-charts").iterdir()}
    assert {"intervals", "cost-waterfall"} <= charts


def test_report_of_results_of_two_workbooks_is_named_after_the_first(compared: Any, tmp_path: Path) -> None:
    both, known = compared.saved["both"], load_result(compared.saved["county"])
    other = tmp_path / "other-county.result.zip"
    save_result(other, replace(known, background=replace(known.background, workbook="other.xlsx")))
    told = command(both, other, "-o", tmp_path / "out", "--format", "excel")
    assert told.exit_code == 0
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["small-both-comparison.xlsx"]


def test_report_of_several_results_refuses(compared: Any, tmp_path: Path) -> None:
    results = list(compared.saved.values())
    assert command(*results, "--base", "villages").exit_code == 2
    told = command(*results, "--county-sheets")
    assert (told.exit_code, told.output.strip()) == (2, "Error: --county-sheets is for the report of one result")
    assert command(*results, "--format", "papyrus").exit_code == 2
    assert command(results[0], "--base", "both").exit_code == 2
    with pytest.raises(InvalidOption):
        reports_of_saved(results, tmp_path, choices=ReportChoices(county_sheets=True))


def test_pages_of_the_same_workbook_are_linked(compared: Any, tmp_path: Path) -> None:
    assert command(compared.saved["both"], "-o", tmp_path, "--format", "html").exit_code == 0
    (tmp_path / "small-notes.html").write_text("<!DOCTYPE html>", encoding="utf-8")
    assert [path.name for path in further_results(tmp_path, "small")] == ["small-both.html"]
    reports_of_saved(list(compared.saved.values()), tmp_path, ("html",))
    text = (tmp_path / "small-comparison.html").read_text(encoding="utf-8")
    assert '<a href="small-both.html">small-both: the page of the plan of a variant</a>' in text
