"""Workbooks written from the sheet types: the blank template, and the same layout filled with rows.

Output is the same byte for byte for the same content.
"""

import io
import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook as ExcelFile
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from inputs.columns import DOCUMENTARY, PROVENANCE, SHEET_TYPES, Column, columns_of, setting_columns
from inputs.problems import did_you_mean
from inputs.reader import LEGEND
from inputs.sheets import SHEETS, Row, Setting
from inputs.validation import LAST_ROW, validation

WRITTEN = datetime(2000, 1, 1, tzinfo=UTC)
"""The creation date of every file, so that the same content gives the same bytes."""

WIDTHS = {"name": 28, "title": 40, "note": 50, "meaning": 70, "attribution": 40, "link": 40, "value": 24, "setting": 24}

Rows = Sequence[Mapping[str, Any]]

Layout = dict[Any, Column | None]
"""Columns by header: a name, or a year; None for those that only describe."""


def write_template(path: Path, *, overwrite: bool = False) -> None:
    """Write the blank template: a sheet per table, with drop-downs, bounds and comments, and a legend.

    Settings is filled with every setting and its default. Raises `FileExistsError` when there is such
    a file and `overwrite` is not set.
    """
    if path.exists() and not overwrite:
        raise FileExistsError(f"{path} exists and is left as it is")
    settings = [{"setting": name, "value": column.default} for name, column in setting_columns().items()]
    tables: dict[str, Rows] = {sheet.sheet: () for sheet in SHEETS}
    write_workbook(path, {**tables, Setting.sheet: settings})


def write_workbook(path: Path, tables: Mapping[str, Sequence[Mapping[str, Any]]], wide: Collection[str] = ()) -> None:
    """Write the rows of `tables`, by sheet and column, in the layout of the template; an existing file is replaced.

    Only the sheets in `tables` are written, and the legend. Sheets by year named in `wide` get the years as
    columns. Values are written as they are, also ones that the reader will refuse. Raises `ValueError`
    for sheets and columns that there are not.
    """
    _check_names(tables, wide)
    buffer = io.BytesIO()
    plain_text = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with ExcelFile(buffer, {"in_memory": True, **plain_text}) as book:
        book.set_properties({"created": WRITTEN.replace(tzinfo=None)})
        formats = _formats(book)
        written = [sheet for sheet in SHEETS if sheet.sheet in tables]
        code_letters = {sheet.sheet: "A" for sheet in written}
        for sheet in written:
            columns, rows = _layout(sheet, tables[sheet.sheet], wide=sheet.sheet in wide)
            _write_sheet(book.add_worksheet(sheet.sheet), sheet, columns, rows, formats, code_letters)
        _write_legend(book.add_worksheet(LEGEND), formats)
    _replace(path, buffer.getvalue())


def _check_names(tables: Mapping[str, Rows], wide: Collection[str]) -> None:
    for name in [*tables, *wide]:
        if name not in SHEET_TYPES:
            raise ValueError(f"there is no sheet {name!r}. {did_you_mean(name, SHEET_TYPES, '')}")
    for name in wide:
        if SHEET_TYPES[name].wide_by_year is None:
            raise ValueError(f"the sheet {name} has no years")
    for name, rows in tables.items():
        known = columns_of(SHEET_TYPES[name])
        for column in {column: None for row in rows for column in row}:
            if column not in known:
                raise ValueError(f"{name} has no column {column!r}. {did_you_mean(column, known, '')}")


def _layout(sheet: type[Row], rows: Rows, *, wide: bool) -> tuple[Layout, Rows]:
    """The columns to write, by header, and the rows under them."""
    columns = columns_of(sheet)
    if sheet is Setting:
        described = setting_columns()
        filled = [_with_description(row, described.get(str(row.get("setting")))) for row in rows]
        settings_layout: Layout = {**dict.fromkeys(columns), **dict.fromkeys(DOCUMENTARY)}
        return settings_layout | columns, filled
    if not wide:
        return {**columns}, rows
    value = str(sheet.wide_by_year)
    kept = [name for name in columns if name not in ("year", value)]
    years = sorted({int(row["year"]) for row in rows})
    layout: Layout = {name: columns[name] for name in kept if name not in PROVENANCE}
    layout |= dict.fromkeys(years, columns[value])
    layout |= {name: columns[name] for name in PROVENANCE}
    groups: dict[tuple[Any, ...], dict[Any, Any]] = {}
    for row in rows:
        group = tuple(row.get(name) for name in kept)
        groups.setdefault(group, dict(zip(kept, group, strict=True)))[int(row["year"])] = row.get(value)
    return layout, list(groups.values())


def _with_description(row: Mapping[str, Any], setting: Column | None) -> Mapping[str, Any]:
    if setting is None:
        return row
    return {**row, "unit": setting.unit, "allowed": setting.allowed, "meaning": setting.meaning}


def _formats(book: ExcelFile) -> dict[str, Format]:
    base = {"valign": "top", "border": 1, "border_color": "#BFBFBF"}
    return {
        "required": book.add_format({**base, "bold": True, "bg_color": "#1F4E78", "font_color": "#FFFFFF"}),
        "optional": book.add_format({**base, "bg_color": "#DDEBF7"}),
        "described": book.add_format({**base, "italic": True, "font_color": "#7F7F7F"}),
        "grey": book.add_format({"font_color": "#7F7F7F"}),
        "text": book.add_format({"num_format": "@"}),
        "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        "wrapped": book.add_format({"text_wrap": True, "valign": "top"}),
        "bold": book.add_format({"bold": True, "valign": "top"}),
    }


def _write_sheet(
    target: Worksheet,
    sheet: type[Row],
    columns: Mapping[Any, Column | None],
    rows: Rows,
    formats: Mapping[str, Format],
    code_letters: Mapping[str, str],
) -> None:
    target.freeze_panes(1, 1)
    for position, (header, column) in enumerate(columns.items()):
        _write_value(target, 0, position, header, formats[_header_format(column)], formats)
        # Text format keeps Excel from turning codes such as 1-2 into dates.
        style = formats["text"] if column and column.kind in ("text", "code") else None
        style = formats["grey"] if column is None else style
        target.set_column(position, position, WIDTHS.get(str(header), max(12, len(str(header)) + 3)), style)
        if column is not None:
            target.write_comment(0, position, comment(column), {"x_scale": 2, "y_scale": 1.2})
            _validate(target, sheet, column, position, rows, code_letters)
        for row, values in enumerate(rows, start=1):
            _write_value(target, row, position, values.get(header), style, formats)


def _header_format(column: Column | None) -> str:
    if column is None:
        return "described"
    return "required" if column.required else "optional"


def _validate(
    target: Worksheet, sheet: type[Row], column: Column, position: int, rows: Rows, code_letters: Mapping[str, str]
) -> None:
    letter = xl_col_to_name(position)
    if sheet is Setting and column.name == "value":
        for row, values in enumerate(rows, start=1):
            setting = setting_columns().get(str(values.get("setting")))
            options = validation(sheet.sheet, setting, letter, code_letters) if setting else None
            if options:
                target.data_validation(row, position, row, position, _for_row(options, letter, row))
        return
    options = validation(sheet.sheet, column, letter, code_letters)
    if options:
        target.data_validation(1, position, max(LAST_ROW, len(rows)) - 1, position, options)


def _for_row(options: dict[str, Any], letter: str, row: int) -> dict[str, Any]:
    """A formula is written for row 2; Excel would move it along a range, but not into single cells."""
    if options["validate"] != "custom":
        return options
    return {**options, "value": options["value"].replace(f"{letter}2", f"{letter}{row + 1}")}


def comment(column: Column) -> str:
    """What the comment on a header says: meaning, unit, what is allowed, default."""
    lines = [column.meaning]
    if column.unit:
        lines.append(f"Unit: {column.unit}")
    lines.append(f"Allowed: {column.allowed}")
    lines.append("Required" if column.required else f"Default: {column.default_text}")
    return "\n".join(lines)


def _write_value(
    target: Worksheet, row: int, position: int, value: Any, style: Format | None, formats: Mapping[str, Format]
) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        target.write_boolean(row, position, value, style)
    elif isinstance(value, int | float):
        target.write_number(row, position, value, style)
    elif isinstance(value, date):
        target.write_datetime(row, position, value, formats["date"])
    elif target.write_string(row, position, str(value), style) != 0:
        raise ValueError(f"text too long for a cell: {str(value)[:40]}...")


def _write_legend(target: Worksheet, formats: Mapping[str, Format]) -> None:
    target.freeze_panes(1, 0)
    headers = ("sheet", "column", "required", "unit", "allowed", "default", "meaning")
    for position, (header, width) in enumerate(zip(headers, (18, 22, 10, 22, 34, 18, 90), strict=True)):
        target.write_string(0, position, header, formats["required"])
        target.set_column(position, position, width)
    for row, line in enumerate(legend_lines(), start=1):
        for position, text in enumerate(line):
            style = formats["wrapped"] if line[1] else formats["bold"]
            if text:
                target.write_string(row, position, text, style)


def legend_lines() -> Iterable[tuple[str, ...]]:
    """Lines of the legend: sheet, column, required, unit, allowed, default, meaning; a sheet's own has no column."""
    for sheet in SHEETS:
        needed = "required" if sheet.required else ""
        yield sheet.sheet, "", needed, "", "", "", sheet.meaning
        for column in columns_of(sheet).values():
            yield _legend_line(sheet.sheet, column)
        if sheet is Setting:
            for setting in setting_columns().values():
                yield _legend_line(f"{sheet.sheet} (row)", setting)


def _legend_line(sheet: str, column: Column) -> tuple[str, ...]:
    needed = "required" if column.required else ""
    default = "" if column.required else column.default_text
    return sheet, column.name, needed, column.unit, column.allowed, default, column.meaning


def _replace(path: Path, content: bytes) -> None:
    """Write beside the target and move into place, so that no half-written workbook is ever there."""
    beside = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
