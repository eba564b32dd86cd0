"""An explanation as text, and as marks in a copy of the workbook."""

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation

from reports.explanation import Explanation, Finding, NewValue, Place, Repair, Verdict, explanation_lines
from reports.explanation_workbook import SHEET, write_explained

CEMENT = Place("'My data'!B2", "My data", "B2")
ARGUMENT = Place("--set Settings.min_plants.value=3")


def explanation(verdict: Verdict = Verdict.INFEASIBLE) -> Explanation:
    return Explanation(
        workbook="plan.xlsx",
        variant="county",
        verdict=verdict,
        arithmetic=(Finding("There are 5 t of cement ('My data'!B2), and 9 t are needed.", (CEMENT,)),),
        conflict=(Finding("the centre has 5 t of cement", (CEMENT,)), Finding("3 plants are due", (ARGUMENT,))),
        conflict_remark="Both are needed for this.",
        repairs=(
            Repair((NewValue(CEMENT, "cement 2027", "5", "9"),), "proven", True, ("Resources.cement.2027=9",)),
            Repair((NewValue(ARGUMENT, "picks_rule", "a", ""),), "not proven", False, ()),
            Repair((NewValue(ARGUMENT, "rule", "", "at most"),), "proven", True, ("Settings.rule.value=at most",)),
        ),
        remarks=("The time is over.",),
        seconds=1.0,
    )


@pytest.fixture
def source(tmp_path: Path) -> Path:
    book = Workbook()
    sheet = book.active
    sheet.title = "My data"
    sheet["A1"], sheet["B1"], sheet["A2"], sheet["B2"], sheet["B3"] = "resource", "amount", "cement", 5, "=B2*2"
    sheet["B2"].comment = Comment("as agreed in May", "a planner")
    choices = DataValidation("list", formula1='"cement,steel"')
    choices.add("A2")
    sheet.add_data_validation(choices)
    book.create_sheet("Notes")["A1"] = "kept"
    path = tmp_path / "plan.xlsx"
    book.save(path)
    return path


def test_lines_tell_all_of_it() -> None:
    text = "\n".join(explanation_lines(explanation()))
    for part in (
        "plan.xlsx, variant county: no plan can satisfy every rule.", "1. There are 5 t",
        "'My data'!B2: the centre has",
        "Both are needed", "'My data'!B2: 9 instead of 5 (cement 2027)", "--set Resources.cement.2027=9",
        "delete the row (picks_rule, a)", '--set "Settings.rule.value=at most"',
        "at most instead of blank", "time is over",
    ):  # fmt: skip
        assert part in text, part


def test_unbounded_says_where_to_look() -> None:
    assert any("below zero" in line for line in explanation_lines(explanation(Verdict.UNBOUNDED)))


def test_marks_and_comments(source: Path, tmp_path: Path) -> None:
    before = source.read_bytes()
    target = tmp_path / "out" / "plan-explained.xlsx"
    assert write_explained(source, target, explanation()) == ()
    assert source.read_bytes() == before
    assert [path.name for path in target.parent.iterdir()] == [target.name]
    book = load_workbook(target)
    assert book.sheetnames == [SHEET, "My data", "Notes"]
    cell = book["My data"]["B2"]
    assert cell.fill.fill_type == "solid"
    for part in (
        "as agreed in May",
        "9 t are needed",
        "cannot hold together with --set Settings",
        "Repair 1: 9 instead",
    ):
        assert part in cell.comment.text, part
    assert book["My data"]["A2"].fill.fill_type is None


def test_the_rest_is_kept(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.xlsx"
    write_explained(source, target, explanation())
    book = load_workbook(target)
    assert book["My data"]["B3"].value == "=B2*2"
    assert book["Notes"]["A1"].value == "kept"
    assert [choice.formula1 for choice in book["My data"].data_validations.dataValidation] == ['"cement,steel"']
    assert any("Resources.cement.2027=9" in str(row[0].value) for row in book[SHEET].iter_rows())


def test_what_a_copy_may_lose_is_said(source: Path, tmp_path: Path) -> None:
    book = load_workbook(source)
    chart = BarChart()
    chart.add_data(Reference(book["My data"], min_col=2, min_row=2, max_row=2))
    book["Notes"].add_chart(chart)
    book.save(source)
    assert "charts" in write_explained(source, tmp_path / "copy.xlsx", explanation())


def test_a_sheet_of_that_name_is_left_alone(source: Path, tmp_path: Path) -> None:
    book = load_workbook(source)
    book.create_sheet(SHEET)["A1"] = "mine"
    book.save(source)
    target = tmp_path / "copy.xlsx"
    write_explained(source, target, explanation())
    found = load_workbook(target)
    assert found[SHEET]["A1"].value == "mine"
    assert f"{SHEET} 2" in found.sheetnames
