import os
from pathlib import Path

import pytest

from inputs.shipped import shipped_names, shipped_workbook
from optimizer.files import UnusablePath, find_workbook, make_room, new_workbook, result_files


def test_a_file_comes_before_a_shipped_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    name = shipped_names()[0]
    assert find_workbook(name) == shipped_workbook(name)
    Path(name).touch()
    assert find_workbook(name) == Path(name)


def test_a_name_that_is_neither_is_answered_with_what_there_is(tmp_path: Path) -> None:
    with pytest.raises(UnusablePath, match=f"no file .*plan.xlsx.*shipped: {shipped_names()[0]}"):
        find_workbook(tmp_path / "plan.xlsx")


def test_results_are_named_after_workbook_and_variant(tmp_path: Path) -> None:
    files = result_files(tmp_path / "my plan.v2.xlsx", "both", tmp_path / "out")
    assert [files.report, files.lp, files.log] == [
        tmp_path / "out" / f"my plan.v2-both{ending}" for ending in (".xlsx", ".lp", ".log")
    ]
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("ending", [".xlsx", ".lp", ".log"])
def test_the_workbook_is_no_result_by_any_name(tmp_path: Path, ending: str) -> None:
    workbook = tmp_path / "plan.xlsx"
    workbook.write_bytes(b"x")
    os.link(workbook, tmp_path / f"plan-both{ending}")
    with pytest.raises(UnusablePath, match="is the workbook itself and is not overwritten"):
        result_files(workbook, "both", tmp_path)


@pytest.mark.parametrize("name", ["plan.xlsx", "PLAN.XLSX", "out.lp"])
def test_a_file_is_no_folder_for_results(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnusablePath, match="go into a folder"):
        result_files(tmp_path / "plan.xlsx", "both", tmp_path / name)


def test_making_room_leaves_an_earlier_report(tmp_path: Path) -> None:
    files = result_files(tmp_path / "plan.xlsx", "both", tmp_path / "a" / "b")
    make_room(files)
    for path in (files.report, files.lp, files.log):
        path.write_text("earlier")
    make_room(files)
    assert files.report.read_text() == "earlier"
    assert not files.lp.exists()
    assert files.log.read_text() == ""


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(UnusablePath, match="cannot be written to"):
        make_room(result_files(tmp_path / "plan.xlsx", "both", tmp_path / "taken" / "out"))


@pytest.mark.parametrize(
    ("name", "message"),
    [("plan", r"ends in .xlsx; for example: .*plan.xlsx"), ("none/plan.xlsx", "no folder"), ("x.xlsx", "is a folder")],
)
def test_a_template_needs_a_usable_name(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "x.xlsx").mkdir()
    with pytest.raises(UnusablePath, match=message):
        new_workbook(tmp_path / name)
