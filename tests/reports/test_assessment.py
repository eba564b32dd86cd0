"""The tables, first page and workbook of an assessment."""

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from models.instance import Instance
from models.plan import Result, Status
from reports.assessment import (
    SHEETS,
    Assessment,
    BrokenRule,
    ChoiceCost,
    Span,
    YearCost,
    figures_of,
    frames,
    sentence,
)
from reports.assessment_book import fact_text, is_book, write_book
from reports.background import Background
from tests.models.small_instance import small_instance

FOUND = Result(Status.STOPPED, None, 1000.0, 900.0, 0.1, 1.0, "HiGHS", (), ())


@pytest.fixture
def instance() -> Instance:
    return small_instance()


@pytest.fixture
def assessment(instance: Instance) -> Assessment:
    return Assessment(
        instance=instance,
        source="choices.csv",
        depth="quick",
        broken=(BrokenRule("picks_per_year", "2 counties are given for 2027, at most 1 may join", year=2027),),
        kept=(("alder", 2027),),
        dropped=(("birch", 2027),),
        least_dropped=1,
        plants_dropped=(),
        best=FOUND,
        given=replace(FOUND, objective=1040.0, bound=950.0),
        value=1000.0,
        bound=900.0,
        regret=Span(40.0, 0.0, 140.0),
        choices=(
            ChoiceCost("alder", 2027, 2029, True, Span(4.0, 0.0, 104.0), Span(2.0, 0.0, 100.0)),
            ChoiceCost("birch", 2027, 2027, False, Span(), Span()),
        ),
        years=(YearCost(2027, 1, 0, Span(4.0, 0.0, 104.0), Span()),),
    )


def test_tables_have_their_columns_and_rows(instance: Instance, assessment: Assessment) -> None:
    made = frames(assessment)
    assert list(made) == ["figures", "broken_rules", "given_up", "by_county", "by_year"]
    for sheet in SHEETS:
        assert list(made[sheet.name].columns) == [column.name for column in sheet.columns(instance)]
    first = made["by_county"].iloc[0]
    assert (first["county_name"], first["province_name"], first["year"], first["best_year"]) == (
        "Alder", "North", 2027, 2029,
    )  # fmt: skip
    assert first["alone_share"] == pytest.approx(0.004)
    assert list(made["given_up"]["county"]) == ["birch"]
    assert list(made["broken_rules"]["rule"]) == ["picks_per_year"]


def test_choice_in_a_sentence(assessment: Assessment) -> None:
    first, second = assessment.choices
    assert sentence(assessment, first) == "Alder in 2027 instead of 2029: +0.40 %"
    assert sentence(assessment, second) == "Birch in 2027, as in the best plan found"
    never = replace(second, best_year=None)
    assert sentence(assessment, never) == (
        "Birch in 2027 instead of not at all: left out, since no plan makes all choices"
    )
    unknown = replace(first, alone=Span())
    assert sentence(assessment, unknown) == "Alder in 2027 instead of 2029: not known"


def test_first_page_says_what_is_proven(assessment: Assessment) -> None:
    told = {figure: (value, remark) for figure, value, _, remark in figures_of(assessment)}
    assert told["What the choices cost"][0] == 40
    assert told["What the choices cost, at least"][0] == 0
    assert told["What the choices cost, at most"][0] == 140
    assert told["What the choices cost, relative, at most"][0] == pytest.approx(0.14)
    assert "fewer is proven to be impossible" in told["Choices left out"][1]
    assert "less may be possible" in told["County by county"][1]
    open_question = {f: r for f, _, _, r in figures_of(replace(assessment, least_dropped=0))}
    assert "at least 0 must be" in open_question["Choices left out"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (None, "not looked for"),
        (replace(FOUND, status=Status.INFEASIBLE, objective=None), "no plan makes these choices"),
        (replace(FOUND, status=Status.NO_PLAN, objective=None), "it is not known whether there is one"),
    ],
)
def test_first_page_without_a_plan(assessment: Assessment, given: Result | None, words: str) -> None:
    told = {figure: remark for figure, _, _, remark in figures_of(replace(assessment, given=given, regret=Span()))}
    assert words in told["Cost of the choices"]


def test_workbook_is_written_and_known_again(instance: Instance, assessment: Assessment, tmp_path: Path) -> None:
    made = frames(assessment)
    path = tmp_path / "assessment.xlsx"
    origin = Background("my-plan.xlsx", "abc", command="countyplan assess my-plan.xlsx", seconds=1.0)
    sheets = [(sheet, made[sheet.name]) for sheet in SHEETS]
    write_book(path, instance, "assessment", list(figures_of(assessment)), sheets, origin)
    book = load_workbook(path)
    assert book.sheetnames == [
        "Figures", "Contents", "Broken rules", "Choices left out", "By county", "By year", "Columns", "Provenance",
    ]  # fmt: skip
    rows = list(book["By county"].iter_rows(values_only=True))
    assert rows[0][:2] == ("county code", "county")
    assert rows[1][:2] == ("alder", "Alder")
    assert ("command", "countyplan assess my-plan.xlsx") in list(book["Provenance"].iter_rows(values_only=True))
    assert is_book(path)
    assert list(tmp_path.iterdir()) == [path]


def test_columns_with_nothing_in_them_are_left_out(instance: Instance, assessment: Assessment, tmp_path: Path) -> None:
    """As of searches that were not made; what names the row stays, and so does what only some rows have."""
    choices = (
        ChoiceCost("alder", 2027, 2029, True, Span(None, 0.0, 104.0), Span(), 7.0),
        ChoiceCost("birch", 2027, 2027, True, Span(), Span(), 0.0),
    )
    made = frames(replace(assessment, depth="estimate", choices=choices))
    path = tmp_path / "assessment.xlsx"
    sheets = [(sheet, made[sheet.name]) for sheet in SHEETS if len(made[sheet.name])]
    write_book(path, instance, "assessment", [], sheets, Background("my-plan.xlsx", "abc"))
    book = load_workbook(path)
    heads = [str(cell.value).partition(" (")[0] for cell in book["By county"][1]]
    assert heads == [
        "county code", "county", "province code", "province", "year", "best year", "scored", "cost alone, estimate",
        "cost alone, estimate, share", "cost alone, at least", "cost alone, at most", "in words",
    ]  # fmt: skip
    explained = {row[1] for row in book["Columns"].iter_rows(values_only=True) if row[0] == "By county"}
    assert "best year" in explained
    assert not any(str(name).startswith("saving") for name in explained)


def test_shares_on_the_first_page_are_numbers(instance: Instance, assessment: Assessment, tmp_path: Path) -> None:
    path = tmp_path / "assessment.xlsx"
    write_book(path, instance, "assessment", list(figures_of(assessment)), [], Background("my-plan.xlsx", "abc"))
    front = load_workbook(path)["Figures"]
    cells = {row[0].value: row[1] for row in front.iter_rows(min_row=2)}
    assert cells["What the choices cost, relative"].value == pytest.approx(0.04)
    assert cells["What the choices cost, relative"].number_format == "0.00%"


def test_what_is_a_small_part_of_a_percent_is_told_with_more_decimals(assessment: Assessment) -> None:
    small = replace(assessment.choices[0], alone=Span(None, 0.03, 104.0), estimate=0.236)
    assert sentence(assessment, small) == "Alder in 2027 instead of 2029: +0.0236 % by estimate, at least +0.0030 %"


def test_no_broken_rule_points_to_no_sheet(assessment: Assessment) -> None:
    told = {figure: remark for figure, _, _, remark in figures_of(replace(assessment, broken=()))}
    assert told["Rules broken"] == "the choices by themselves break none"


def test_other_files_are_no_such_report(tmp_path: Path) -> None:
    path = tmp_path / "notes.xlsx"
    assert not is_book(path)
    path.write_text("mine", encoding="utf-8")
    assert not is_book(path)


def test_figures_as_text() -> None:
    assert fact_text(1234567.0, "won") == "1,234,567 won"
    assert fact_text(None, "won") == "not known"
    assert fact_text("quick", "") == "quick"
    assert fact_text(0.25, "share") == "25 %"
    assert (fact_text(1, "counties"), fact_text(2, "counties")) == ("1 county", "2 counties")
