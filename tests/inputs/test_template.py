"""The blank template and written workbooks against the sheet types."""

import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook as OpenedFile
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from inputs.columns import PROVENANCE, Column, columns_of, setting_columns
from inputs.problems import InvalidWorkbook
from inputs.reader import read_workbook
from inputs.settings import Settings
from inputs.sheets import SHEETS, Row
from inputs.template import write_template, write_workbook
from tests.inputs.workbooks import read
from tests.small_workbook import small_tables

COLUMNS = [(sheet, column) for sheet in SHEETS for column in columns_of(sheet).values()]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> OpenedFile:
    path = tmp_path_factory.mktemp("template") / "template.xlsx"
    write_template(path)
    return load_workbook(path)


def letter(sheet: type[Row], name: str) -> str:
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[list(columns_of(sheet)).index(name)]


def rule_for(target: Worksheet, cell: str) -> Any:
    """The data validation of a cell, or None."""
    found = [rule for rule in target.data_validations.dataValidation if cell in rule.sqref]
    assert len(found) <= 1
    return found[0] if found else None


def test_one_sheet_per_table_in_order_and_a_legend(template: OpenedFile) -> None:
    assert template.sheetnames == [*(sheet.sheet for sheet in SHEETS), "Legend"]
    assert all(len(name) <= 31 for name in template.sheetnames)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.sheet)
def test_headers_are_the_columns_frozen_with_required_ones_marked(template: OpenedFile, sheet: type[Row]) -> None:
    target = template[sheet.sheet]
    columns = list(columns_of(sheet).values())
    headers = [cell.value for cell in target[1]]
    assert headers[: len(columns)] == [column.name for column in columns]
    assert headers[len(columns) :] == (["unit", "allowed", "meaning"] if sheet.sheet == "Settings" else [])
    assert str(target.freeze_panes) == "B2"
    assert set(headers) >= set(PROVENANCE)
    for cell, column in zip(target[1], columns, strict=False):
        assert bool(cell.font.bold) == column.required


@pytest.mark.parametrize(("sheet", "column"), COLUMNS, ids=lambda part: getattr(part, "sheet", None) or part.name)
def test_comment_tells_meaning_unit_bounds_and_default(template: OpenedFile, sheet: type[Row], column: Column) -> None:
    comment = template[sheet.sheet][f"{letter(sheet, column.name)}1"].comment
    assert comment is not None
    assert column.meaning in comment.text
    assert f"Unit: {column.unit}" in comment.text or not column.unit
    assert column.bounds in comment.text
    assert ("Required" if column.required else f"Default: {column.default_text}") in comment.text


@pytest.mark.parametrize(("sheet", "column"), COLUMNS, ids=lambda part: getattr(part, "sheet", None) or part.name)
def test_drop_downs_and_bounds_follow_the_types(template: OpenedFile, sheet: type[Row], column: Column) -> None:
    rule = rule_for(template[sheet.sheet], f"{letter(sheet, column.name)}2")
    if column.kind == "choice":
        assert rule.type == "list"
        assert rule.formula1 == '"' + ",".join(column.choices) + '"'
    elif column.code_of:
        assert (rule.type, rule.formula1) == ("list", f"{column.code_of}!$A$2:$A$5000")
        assert bool(rule.showErrorMessage) == (column.name != "source")
    elif column.numeric:
        assert rule.type in ("whole", "decimal", "custom")
        bounds = [bound for bound in (column.at_least, column.above, column.at_most) if bound is not None]
        numbers = re.findall(r"(?<![A-Z])-?\d+(?:\.\d+)?", f"{rule.formula1} {rule.formula2}")
        assert {float(number) for number in numbers} == set(bounds)
        assert rule.allowBlank
    elif (sheet.sheet, column.name) == ("Settings", "value"):
        assert rule is None or rule.sqref.ranges[0].size == {"columns": 1, "rows": 1}  # each setting has its own
    elif (sheet.sheet, column.name) == ("Resources", "resource"):
        assert rule.formula1 == '"picks,central_funds,central_labour,import_currency,modernisations,remittances"'
        assert not rule.showErrorMessage
    else:
        assert rule is None


def test_drop_downs_reach_far_down(template: OpenedFile) -> None:
    assert rule_for(template["Counties"], "D4000") is not None


def test_settings_are_filled_with_defaults_units_and_meanings(template: OpenedFile) -> None:
    target = template["Settings"]
    rows = {row[0].value: row for row in target.iter_rows(min_row=2)}
    assert list(rows) == list(Settings.model_fields)
    for name, column in setting_columns().items():
        value = rows[name][1].value
        assert value == (None if column.required else column.default)
        texts = [cell.value for cell in rows[name]][-3:]
        assert texts == [column.unit or None, column.allowed, column.meaning]


def test_settings_have_their_own_drop_downs_and_bounds(template: OpenedFile) -> None:
    target = template["Settings"]
    cells = {target.cell(row, 1).value: f"B{row}" for row in range(2, target.max_row + 1)}
    assert rule_for(target, cells["picks_rule"]).formula1 == '"exactly,at most"'
    gap = rule_for(target, cells["gap"])
    assert (gap.type, gap.operator or "between", gap.formula1, gap.formula2) == ("decimal", "between", "0", "1")
    assert rule_for(target, cells["title"]) is None


def test_legend_lists_every_sheet_column_and_setting(template: OpenedFile) -> None:
    lines = {
        (row[0].value, row[1].value): [cell.value for cell in row] for row in template["Legend"].iter_rows(min_row=2)
    }
    for sheet in SHEETS:
        assert lines[sheet.sheet, None][6] == sheet.meaning
        for column in columns_of(sheet).values():
            assert lines[sheet.sheet, column.name][6] == column.meaning
    gap = ["Settings (row)", "gap", None, "share", "a number from 0 to 1", "0.01"]
    assert lines["Settings (row)", "gap"] == [*gap, "relative gap at which solving may stop"]


def test_blank_template_read_back_only_asks_for_what_is_required(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path)
    with pytest.raises(InvalidWorkbook) as caught:
        read_workbook(path)
    found = [str(problem) for problem in caught.value.problems]
    assert [line.split(". ")[0] for line in found] == [
        "Settings!B5: the setting first_year is missing",
        "Settings!B6: the setting last_year is missing",
        *(f"{sheet.sheet}: the sheet {sheet.sheet} has no rows" for sheet in SHEETS if sheet.required),
    ]


def test_an_existing_file_is_left_alone_unless_told(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    path.write_text("mine")
    with pytest.raises(FileExistsError, match=re.escape(str(path))):
        write_template(path)
    assert path.read_text() == "mine"
    write_template(path, overwrite=True)
    assert path.read_bytes().startswith(b"PK")
    assert list(tmp_path.iterdir()) == [path]


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    for path in (first, second):
        write_workbook(path, small_tables(), wide={"Resources"})
    assert first.read_bytes() == second.read_bytes()


def test_no_file_knows_when_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path)
    with zipfile.ZipFile(path) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert set(re.findall(r"\d{4}-\d\d-\d\dT", archive.read("docProps/core.xml").decode())) == {"2000-01-01T"}


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "{=1}", "http://example.org", "007"])
def test_text_stays_text(tmp_path: Path, text: str) -> None:
    tables = small_tables()
    tables["Counties"][0]["name"] = text
    path = tmp_path / "case.xlsx"
    write_workbook(path, tables)
    cell = load_workbook(path)["Counties"]["B2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)
    assert read_workbook(path).instance("both").counties["alder"].name == text


def test_values_are_written_in_their_type(tmp_path: Path) -> None:
    path = tmp_path / "case.xlsx"
    write_workbook(path, {"Sources": [{"source_code": "a", "title": True, "link": 3, "note": date(2027, 1, 2)}]})
    row = [cell.value for cell in load_workbook(path)["Sources"][2]]
    assert row[:4] == ["a", True, None, 3]
    assert str(row[-1]) == "2027-01-02 00:00:00"


def test_years_as_columns_keep_rows_apart_whose_remarks_differ(tmp_path: Path) -> None:
    tables = small_tables()
    tables["Resources"][1].update(status="assumption")
    path = tmp_path / "case.xlsx"
    write_workbook(path, tables, wide={"Resources"})
    target = load_workbook(path)["Resources"]
    assert [cell.value for cell in target[1]] == ["resource", 2027, 2028, "status", "source", "note"]
    assert [[cell.value for cell in row][:4] for row in target.iter_rows(min_row=2)] == [
        ["picks", 1, None, None],
        ["picks", None, 2, "assumption"],
        ["central_funds", 4000, 6000, None],
        ["cement", 1500, None, None],
    ]
    assert read(tmp_path, tables, wide={"Resources"}).instance("both").picks == {2027: 1, 2028: 2}


@pytest.mark.parametrize(
    ("tables", "wide", "message"),
    [
        ({"Conties": []}, (), r"there is no sheet 'Conties'\. Did you mean 'Counties'\?"),
        ({"Counties": [{"populaton": 1}]}, (), r"Counties has no column 'populaton'\. Did you mean 'population'\?"),
        ({}, ("Counties",), "the sheet Counties has no years"),
        ({"Counties": [{"county": "x" * 40_000}]}, (), "text too long for a cell"),
    ],
)
def test_what_cannot_be_written(tmp_path: Path, tables: Any, wide: tuple[str, ...], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        write_workbook(tmp_path / "case.xlsx", tables, wide=wide)
    assert list(tmp_path.iterdir()) == []
