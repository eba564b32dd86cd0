"""A county's sheet in the Excel report: a title that Excel takes, and its allocation in words and figures."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook

from reports.background import Background
from reports.excel import write_excel
from reports.excel.county import county_titles
from tests.models.measures.programme import programme
from tests.models.small_instance import with_county
from tests.reports.programme_result import programme_result

INSTANCE = programme()


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    path: Path = tmp_path_factory.mktemp("report") / "report.xlsx"
    write_excel(path, INSTANCE, programme_result(), Background("cloth.xlsx", ""), county_sheets=True)
    return openpyxl.load_workbook(path, data_only=True)


def line(book: Workbook, county: str, words: str, after: str = "") -> list[Any]:
    """Figures of a line of a county's table."""
    rows = [[cell.value for cell in row] for row in book[county].iter_rows()]
    return next(row[2:5] for row in rows if row[0] == words)


def test_each_county_has_its_sheet_and_is_linked(book: Workbook) -> None:
    assert book.sheetnames[-3:] == ["Alder", "Birch", "Cedar"]
    links = {cell.value: cell.hyperlink.location for cell in book["Contents"]["A"][1:]}
    assert links["Alder"] == "'Alder'!A1"
    assert book["Alder"]["A2"].hyperlink.location == "'Contents'!A1"


def test_letter_in_words(book: Workbook) -> None:
    words = [row[0].value for row in book["Alder"].iter_rows(max_row=12) if row[0].value]
    assert words[0] == "Alder, North: allocation"
    assert "Alder joins the programme in 2030." in words
    assert "It builds from 2030: 1 x Weave." in words
    assert "For that the centre pays 70 crowns in all, the county itself 10, and donors 20." in words
    assert "It is to remit 60 crowns to the centre in 2030–2031." in words
    birch = [str(row[0].value) for row in book["Birch"].iter_rows(max_row=12)]
    assert any("It cannot pay 10 of what it owes. It receives subsidies of 65." in text for text in birch)
    cedar = [str(row[0].value) for row in book["Cedar"].iter_rows(max_row=12)]
    assert "Cedar joins the programme in 2031. With it come: Clinic." in cedar


def test_letter_in_figures(book: Workbook) -> None:
    assert line(book, "Alder", "central funds for construction") == [70, 0, 70]
    assert line(book, "Alder", "Weave") == [1, 0, 1]
    assert line(book, "Alder", "Cloth: sent to other counties") == [30, 50, 80]
    assert line(book, "Birch", "remitted") == [40, 50, 90]


def test_without_being_asked_there_is_none(tmp_path: Path) -> None:
    write_excel(tmp_path / "report.xlsx", INSTANCE, programme_result(), Background("cloth.xlsx", ""))
    assert "Alder" not in openpyxl.load_workbook(tmp_path / "report.xlsx").sheetnames


def test_a_county_that_never_joins_is_told_so(tmp_path: Path) -> None:
    result = programme_result()
    assert result.plan is not None
    plan = replace(result.plan, select={key: value for key, value in result.plan.select.items() if key[0] != "cedar"})
    write_excel(tmp_path / "a.xlsx", INSTANCE, replace(result, plan=plan), Background("a", ""), county_sheets=True)
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["Cedar"]
    assert sheet["A4"].value == "Cedar does not join the programme in 2030–2031."


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Alder", "Alder"),
        ("Summary", "Summary 2"),
        ("history", "history 2"),
        ("BIRCH", "BIRCH"),
        ("a/b:c*[d]?\\", "a b c  d"),
        ("'quoted'", "quoted"),
        ("", "alder"),
        ("[]", "alder"),
        ("x" * 40, "x" * 31),
        ("안주시", "안주시"),
        ("=1+1", "=1+1"),
        ("😀" * 20, "😀" * 15),
    ],
)
def test_titles_of_sheets(name: str, title: str) -> None:
    found = county_titles(with_county(INSTANCE, "alder", name=name), ["Summary"])
    assert found["alder"] == title
    assert len({other.casefold() for other in found.values()}) == len(found)


def test_counties_of_one_name_are_told_apart() -> None:
    same = INSTANCE
    for code in same.counties:
        same = with_county(same, code, name="y" * 40)
    assert list(county_titles(same, []).values()) == ["y" * 31, "y" * 29 + " 2", "y" * 29 + " 3"]
