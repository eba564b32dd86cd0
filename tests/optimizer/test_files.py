import os
from pathlib import Path

import pytest

from inputs.shipped import shipped_names, shipped_workbook
from optimizer.files import (
    UnusablePath,
    find_saved_result,
    find_workbook,
    is_saved,
    make_room,
    name_of_saved,
    new_workbook,
    result_files,
    write_beside,
)
from reports.saved_result import SavedResult, save_result
from tests.reports.example import BACKGROUND, build_instance, build_result


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
    assert [files.report, files.result, files.lp, files.log] == [
        tmp_path / "out" / f"my plan.v2-both{ending}" for ending in (".xlsx", ".result.zip", ".lp", ".log")
    ]
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("ending", [".xlsx", ".result.zip", ".lp", ".log"])
def test_the_workbook_is_no_result_by_any_name(tmp_path: Path, ending: str) -> None:
    workbook = tmp_path / "plan.xlsx"
    workbook.write_bytes(b"x")
    os.link(workbook, tmp_path / f"plan-both{ending}")
    with pytest.raises(UnusablePath, match="is the workbook itself and is not overwritten"):
        result_files(workbook, "both", tmp_path)


@pytest.mark.parametrize("name", ["plan.xlsx", "PLAN.XLSX", "out.lp", "a.result.zip", "a.csv"])
def test_a_file_is_no_folder_for_results(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnusablePath, match="go into a folder"):
        result_files(tmp_path / "plan.xlsx", "both", tmp_path / name)


def test_making_room_leaves_an_earlier_report_and_saved_result(tmp_path: Path) -> None:
    files = result_files(tmp_path / "plan.xlsx", "both", tmp_path / "a" / "b")
    make_room(files)
    for path in (files.report, files.result, files.lp, files.log):
        path.write_text("earlier")
    make_room(files)
    assert files.report.read_text() == "earlier"
    assert files.result.read_text() == "earlier"
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


def test_a_saved_result_that_is_not_there_is_told_with_where_they_come_from(tmp_path: Path) -> None:
    for name in ("none.result.zip", "."):
        with pytest.raises(UnusablePath, match=r"there is no file .*solve writes one"):
            find_saved_result(tmp_path / name)


def test_a_saved_result_is_known_by_its_ending_or_by_what_it_is(tmp_path: Path) -> None:
    renamed = tmp_path / "renamed"
    save_result(renamed, SavedResult(build_instance(), build_result(), BACKGROUND))
    assert is_saved(renamed)
    assert is_saved(tmp_path / "not there.result.zip")
    assert is_saved("any.ZIP")
    (tmp_path / "table.csv").write_text("county,year", encoding="utf-8")
    assert not is_saved(tmp_path / "table.csv")
    assert not is_saved(tmp_path)
    assert not is_saved(shipped_workbook(shipped_names()[0]))


@pytest.mark.parametrize(
    ("name", "stem"), [("a.v2-both.result.zip", "a.v2-both"), ("moved.zip", "moved"), ("a.b.zip", "a.b")]
)
def test_what_is_made_of_a_saved_result_has_its_name(name: str, stem: str) -> None:
    assert name_of_saved(Path("out") / name) == stem


def written(path: Path, ours: str = "ours") -> Path:
    """Write over what says the same word, and over nothing else."""
    return write_beside(
        path, "report", lambda found: found.read_text() == ours, lambda free: free.write_text(ours) and None
    )


@pytest.mark.parametrize(
    ("name", "further"),
    [("a.xlsx", "a-2.xlsx"), ("a.v2.result.zip", "a.v2-2.result.zip"), ("a-iamc.csv", "a-iamc-2.csv")],
)
def test_what_is_not_ours_is_left_and_a_further_name_taken(tmp_path: Path, name: str, further: str) -> None:
    path = tmp_path / "new" / name
    assert written(path) == path
    assert written(path) == path
    path.write_text("theirs")
    assert written(path) == path.with_name(further)
    assert path.read_text() == "theirs"


def test_no_name_is_left(tmp_path: Path) -> None:
    for name in ("a.csv", *(f"a-{number}.csv" for number in range(2, 10))):
        (tmp_path / name).write_text("theirs")
    with pytest.raises(UnusablePath, match=r"no report can be written as .*a.csv or beside it: other files are there"):
        written(tmp_path / "a.csv")


def test_a_full_disk_is_told(tmp_path: Path) -> None:
    def fail(path: Path) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(UnusablePath, match=r"the report .*a.csv cannot be written: No space left on device"):
        write_beside(tmp_path / "a.csv", "report", lambda path: True, fail)


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(UnusablePath, match=r"the folder .*taken' cannot be written to"):
        written(tmp_path / "taken" / "a.csv")
