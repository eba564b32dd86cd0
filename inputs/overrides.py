"""Values that a variant, or the command line, puts in the place of a workbook's."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from inputs.cell_values import Rejected, Value, check_code, read_value, text_number
from inputs.columns import SHEET_TYPES, Column, columns_of, setting_columns
from inputs.header import normal
from inputs.key_checks import check_resource, unknown_code
from inputs.located import LocatedRow, Tables
from inputs.problems import Cell, InvalidWorkbook, Problem, did_you_mean, quoted
from inputs.settings_sheet import unknown_setting
from inputs.sheets import Material, Override, Resource, Row, Setting

EVERY_ROW = "*"

Keys = Mapping[str, frozenset[tuple[str, ...]] | None]
"""The keys that were read in each sheet, of unusable rows too; None where a sheet could not be read."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """One value to be replaced, and the cell of each part of it; on the command line these are all the argument.

    `typed`: the value comes from a cell and so has a type, rather than from an argument.
    """

    sheet: str
    key: str
    column: str
    value: Value
    sheet_cell: Cell
    key_cell: Cell
    column_cell: Cell
    value_cell: Cell
    typed: bool


def from_rows(rows: Iterable[LocatedRow[Override]]) -> list[Replacement]:
    """The replacements of the sheet Overrides."""
    return [
        Replacement(
            sheet=row.record.target_sheet,
            key=row.record.key,
            column=row.record.target_column,
            value=row.record.value,
            sheet_cell=row.cell("target_sheet"),
            key_cell=row.cell("key"),
            column_cell=row.cell("target_column"),
            value_cell=row.cell("value"),
            typed=True,
        )
        for row in rows
    ]


def from_arguments(arguments: Sequence[str]) -> list[Replacement]:
    """The replacements of the command line, each `Sheet.key.column=value`; an empty value is a blank.

    Raises `InvalidWorkbook` for arguments of another form.
    """
    found = []
    problems = []
    for argument in arguments:
        cell = Cell(f"--set {argument}")
        target, equals, value = argument.partition("=")
        sheet, _, rest = target.partition(".")
        key, _, column = rest.rpartition(".")
        if not (equals and sheet.strip() and key.strip() and column.strip()):
            allowed = "Sheet.key.column=value"
            remedy = "For example --set Settings.gap.value=0.02."
            problems.append(Problem(cell, argument, allowed, remedy, f"the argument should be {allowed}"))
            continue
        place = {"sheet_cell": cell, "key_cell": cell, "column_cell": cell, "value_cell": cell}
        text = value.strip() or None
        found.append(Replacement(sheet.strip(), key.strip(), column.strip(), text, typed=False, **place))
    if problems:
        raise InvalidWorkbook(problems)
    return found


def apply(tables: Tables, replacements: Iterable[Replacement], keys: Keys) -> tuple[Tables, list[Problem]]:
    """The tables with the values replaced, later replacements over earlier ones, and what could not be replaced.

    A key of `*`, or a part of it, stands for every row. Settings that the workbook leaves out can be
    set. In sheets by year the column may be a year, and a year that has no row gets one; a blank
    value there takes the row away. Rows in `keys` that had other problems are left alone.
    """
    changed = {sheet: list(rows) for sheet, rows in tables.items()}
    problems: list[Problem] = []
    for replacement in replacements:
        try:
            _apply_one(changed, replacement, keys)
        except Rejected as rejected:
            if rejected.problem:
                problems.append(rejected.problem)
    return {sheet: tuple(rows) for sheet, rows in changed.items()}, problems


def _apply_one(tables: dict[str, list[LocatedRow[Row]]], wanted: Replacement, keys: Keys) -> None:
    sheet = _sheet(wanted)
    if sheet is Setting:
        _apply_setting(tables[Setting.sheet], wanted)
        return
    year = _year(sheet, wanted)
    column = _column(sheet, wanted) if year is None else columns_of(sheet)[str(sheet.wide_by_year)]
    value = _value(column, wanted, keys, blank_allowed=year is not None)
    rows = tables[sheet.sheet]
    if year is not None:
        _apply_year(rows, sheet, wanted, year, value, keys)
        return
    parts = _parts(sheet, wanted, len(sheet.keys))
    matches = [position for position, row in enumerate(rows) if _matches(row.key, parts)]
    if not matches and not _was_read(parts, keys.get(sheet.sheet)):
        known = ["/".join(key).rstrip("/") for key in keys.get(sheet.sheet) or ()]
        remedy = did_you_mean(wanted.key, known, f"Name a row of {sheet.sheet}, parts of a key joined by /.")
        message = f"{sheet.sheet} has no row {quoted(wanted.key)}"
        raise Rejected(Problem(wanted.key_cell, wanted.key, f"a key of {sheet.sheet}", remedy, message))
    for position in matches:
        rows[position] = _replaced(rows[position], column.name, value, wanted.value_cell)


def _sheet(wanted: Replacement) -> type[Row]:
    by_normal = {normal(name): sheet for name, sheet in SHEET_TYPES.items() if sheet is not Override}
    found = by_normal.get(normal(wanted.sheet).replace("_", ""))
    if found is None:
        known = [name for name in SHEET_TYPES if name != Override.sheet]
        remedy = did_you_mean(wanted.sheet, known, f"Name one of {', '.join(known)}.")
        message = f"there is no sheet {quoted(wanted.sheet)} whose values can be replaced"
        raise Rejected(Problem(wanted.sheet_cell, wanted.sheet, "a sheet's name", remedy, message))
    return found


def _year(sheet: type[Row], wanted: Replacement) -> int | None:
    """The year that the column names, in a sheet by year."""
    if sheet.wide_by_year and wanted.column.isdecimal():
        column = columns_of(sheet)["year"]
        year = read_value(column, int(wanted.column), wanted.column_cell)
        return int(year) if year is not None else None
    return None


def _column(sheet: type[Row], wanted: Replacement) -> Column:
    columns = {name: column for name, column in columns_of(sheet).items() if not column.key}
    by_normal = {normal(name): column for name, column in columns.items()}
    found = by_normal.get(normal(wanted.column))
    if found is None:
        remedy = did_you_mean(wanted.column, columns, f"Name one of {', '.join(columns)}.")
        message = f"{sheet.sheet} has no column {quoted(wanted.column)} whose values can be replaced"
        raise Rejected(Problem(wanted.column_cell, wanted.column, f"a column of {sheet.sheet}", remedy, message))
    return found


def _value(column: Column, wanted: Replacement, keys: Keys, *, blank_allowed: bool) -> Value:
    raw = wanted.value
    if raw is None and blank_allowed:
        return None
    if not wanted.typed:
        raw = _typed(column, raw)
    value = read_value(column, raw, wanted.value_cell)
    known = _codes(keys, column.code_of) if column.name != "source" else None
    if known is not None and value is not None and value not in known:
        problem = unknown_code(column.name, str(value), wanted.value_cell, str(column.code_of), known)
        raise Rejected(problem)
    return value


def _typed(column: Column, text: Value) -> Value:
    """The text of an argument as a number, where the column wants one and it is one."""
    if not column.numeric or not isinstance(text, str) or "%" in text:
        return text
    number = text_number(text)
    return text if number is None else number


def _parts(sheet: type[Row], wanted: Replacement, count: int) -> list[str]:
    parts = [part.strip() for part in wanted.key.split("/")]
    if parts == [EVERY_ROW]:
        return [EVERY_ROW] * count
    optional = [not columns_of(sheet)[name].required for name in sheet.keys[:count]]
    while len(parts) < count and optional[len(parts)]:
        parts.append("")
    if len(parts) != count:
        allowed = "/".join(sheet.keys[:count])
        message = f"the key of {sheet.sheet} should be {allowed}, found {quoted(wanted.key)}"
        raise Rejected(Problem(wanted.key_cell, wanted.key, allowed, f"Write {allowed}, or * for every row.", message))
    return parts


def _matches(key: Sequence[str], parts: Sequence[str]) -> bool:
    return all(part in (EVERY_ROW, own) for own, part in zip(key, parts, strict=True))


def _was_read(parts: Sequence[str], keys: frozenset[tuple[str, ...]] | None) -> bool:
    """Whether the row was in the sheet and is only missing because of another problem."""
    return keys is None or any(_matches(key, parts) for key in keys)


def _codes(keys: Keys, sheet: str | None) -> set[str] | None:
    found = keys.get(sheet) if sheet else None
    return None if found is None else {key[0] for key in found}


def _replaced(row: LocatedRow[Row], column: str, value: Value, cell: Cell) -> LocatedRow[Row]:
    record = row.record.model_copy(update={column: value})
    return LocatedRow(record, row.row, {**row.cells, column: cell})


def _apply_year(
    rows: list[LocatedRow[Row]], sheet: type[Row], wanted: Replacement, year: int, value: Value, keys: Keys
) -> None:
    others = [name for name in sheet.keys if name != "year"]
    parts = _parts(sheet, wanted, len(others))
    if EVERY_ROW in parts:
        places = list(dict.fromkeys(place for row in rows if _matches(place := _without_year(row, others), parts)))
    else:
        _check_codes(sheet, others, parts, wanted, keys)
        places = [tuple(parts)]
    if not places:
        message = f"{sheet.sheet} has no row {quoted(wanted.key)}"
        remedy = f"Name {'/'.join(others)} outright."
        raise Rejected(Problem(wanted.key_cell, wanted.key, f"a key of {sheet.sheet}", remedy, message))
    value_name = str(sheet.wide_by_year)
    for place in places:
        same = [
            position
            for position, row in enumerate(rows)
            if _without_year(row, others) == place and getattr(row.record, "year", None) == year
        ]
        if value is None:
            for position in reversed(same):
                del rows[position]
        elif same:
            rows[same[0]] = _replaced(rows[same[0]], value_name, value, wanted.value_cell)
        else:
            values = dict(zip(others, place, strict=True)) | {"year": year, value_name: value}
            cells = dict.fromkeys(others, wanted.key_cell)
            cells |= {"year": wanted.column_cell, value_name: wanted.value_cell}
            rows.append(LocatedRow(sheet.model_validate(values), wanted.value_cell.row or 0, cells))


def _without_year(row: LocatedRow[Row], others: Sequence[str]) -> tuple[str, ...]:
    return tuple(str(getattr(row.record, name)) for name in others)


def _check_codes(
    sheet: type[Row], others: Sequence[str], parts: Sequence[str], wanted: Replacement, keys: Keys
) -> None:
    """A row that is added must name codes that exist."""
    for name, code in zip(others, parts, strict=True):
        check_code(name, code, wanted.key_cell)
        source = columns_of(sheet)[name].code_of
        known = _codes(keys, source)
        if source and known is not None and code not in known:
            raise Rejected(unknown_code(name, code, wanted.key_cell, source, known))
        materials = _codes(keys, Material.sheet)
        if sheet is Resource and materials is not None:
            problem = check_resource(code, wanted.key_cell, materials)
            if problem:
                raise Rejected(problem)


def _apply_setting(rows: list[LocatedRow[Row]], wanted: Replacement) -> None:
    settings = {normal(name): column for name, column in setting_columns().items()}
    if normal(wanted.column) != "value":
        message = f"{Setting.sheet} has no column {quoted(wanted.column)} whose values can be replaced"
        raise Rejected(Problem(wanted.column_cell, wanted.column, "value", "The column is called value.", message))
    column = settings.get(normal(wanted.key))
    if column is None:
        raise Rejected(unknown_setting(wanted.key, wanted.key_cell))
    raw = wanted.value if wanted.typed else _typed(column, wanted.value)
    if raw is not None or column.required:
        raw = read_value(column, raw, wanted.value_cell, column.name)
    rows[:] = [row for row in rows if normal(str(getattr(row.record, "setting", ""))) != normal(column.name)]
    record = Setting(setting=column.name, value=raw)
    cells = {"setting": wanted.key_cell, "value": wanted.value_cell}
    rows.append(LocatedRow(record, wanted.value_cell.row or 0, cells))
