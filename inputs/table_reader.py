"""One sheet to located rows, with every problem that a row has by itself."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter
from pydantic import ValidationError

from inputs.cell_values import Rejected, Value, as_text, is_code, read_value
from inputs.columns import PROVENANCE, Column, columns_of
from inputs.header import Header, read_header
from inputs.located import LocatedRow
from inputs.problems import Cell, Note, Problem
from inputs.sheets import Row
from inputs.spreadsheet import Grid, Merged, Raw


@dataclass(frozen=True, slots=True)
class KeyRead:
    """The key of a row as read, whether or not the row's other cells were usable; blank parts are empty text."""

    parts: tuple[str, ...]
    cell: Cell
    row: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A code of another sheet, named in a cell."""

    column: str
    code: str
    cell: Cell


@dataclass
class TableRead:
    """What was read from one sheet.

    `rows` are the usable ones. `keys` has every key that could be read, so that one bad cell does not
    make every mention of its row's code look unknown; it is None when the sheet could not be read as a table.
    `mentions` has every code of another sheet, also of rows that are not usable.
    """

    sheet: type[Row]
    rows: list[LocatedRow[Row]] = field(default_factory=list)
    keys: list[KeyRead] | None = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    present: bool = False
    trimmed: list[Cell] = field(default_factory=list)


def read_table(grid: Grid, sheet: type[Row]) -> TableRead:
    """Read the rows of a sheet; rows that are blank in every known column are skipped, hidden rows are read.

    Problems: those of the header, merged cells inside the table, blank or unusable cells. Notes: columns
    ignored or left out, formulas read by their stored values, spaces removed around codes.
    """
    table = TableRead(sheet, present=True)
    header = read_header(grid, sheet)
    table.problems += header.problems
    table.notes += header.notes
    _report_merged(table, grid, header)
    if not header.usable:
        table.keys = None
        return table
    used: set[str] = set()
    for row in sorted(grid.values):
        if row > 1:
            _read_row(table, grid, header, row, used)
    if grid.formulas:
        table.notes.append(
            Note(Cell(grid.name), f"formulas were read by their stored results ({_count(grid.formulas)})")
        )
    if table.trimmed:
        message = f"spaces around codes were removed ({_count(len(table.trimmed))})"
        table.notes.append(Note(table.trimmed[0], message))
    _note_defaults(table, grid, header, used)
    return table


def _count(cells: int) -> str:
    return "1 cell" if cells == 1 else f"{cells} cells"


def _report_merged(table: TableRead, grid: Grid, header: Header) -> None:
    last = max(grid.values, default=0)
    positions = {*header.columns.values(), *header.years.values()}
    for area, (top, left, _, right) in grid.merged.items():
        if top == 1 or (top <= last and any(left <= position <= right for position in positions)):
            cell = grid.cell(top, left)
            message = f"the cells {area} are merged"
            remedy = "Unmerge them and give each row its own value."
            table.problems.append(Problem(cell, f"merged cells {area}", "a value in each cell", remedy, message))


def _read_row(table: TableRead, grid: Grid, header: Header, row: int, used: set[str]) -> None:
    raws = grid.values[row]
    given = {name: raws.get(position) for name, position in header.columns.items()}
    by_year = {year: raws[position] for year, position in header.years.items() if position in raws}
    if not by_year and all(raw is None for raw in given.values()):
        return
    used.update(name for name, raw in given.items() if raw is not None)
    columns = columns_of(table.sheet)
    cells = {name: grid.cell(row, position) for name, position in header.columns.items()}
    values: dict[str, Value] = {}
    usable = True
    for name, raw in given.items():
        column = columns[name]
        if isinstance(raw, str) and raw != raw.strip() and column.kind == "code":
            table.trimmed.append(cells[name])
        try:
            values[name] = read_value(column, raw, cells[name])
        except Rejected as rejected:
            usable = False
            if rejected.problem:
                table.problems.append(rejected.problem)
            continue
        if column.code_of and values[name] is not None:
            codes = str(values[name]).split(",") if name == "source" else [str(values[name])]
            table.mentions += [Mention(name, code.strip(), cells[name]) for code in codes if code.strip()]
            # What cannot be a code is told where the code is made, or as unknown.
            usable = usable and (column.kind != "code" or is_code(str(values[name])))
    if header.years:
        _read_years(table, grid, header, row, values, usable)
        return
    _add_key(table, given, values, cells, row)
    if usable:
        _add_row(table, values, cells, row)


def _read_years(table: TableRead, grid: Grid, header: Header, row: int, values: dict[str, Value], usable: bool) -> None:
    """One located row for each year of a row in the layout with years as columns; a blank is no entry."""
    value_column = columns_of(table.sheet)[str(table.sheet.wide_by_year)]
    cells = {name: grid.cell(row, position) for name, position in header.columns.items()}
    given = {name: grid.values[row].get(position) for name, position in header.columns.items()}
    for year, position in header.years.items():
        cell = grid.cell(row, position)
        raw = grid.values[row].get(position)
        if raw is None or isinstance(raw, Merged):
            continue
        placed = {**cells, "year": Cell(grid.name, get_column_letter(position), 1), value_column.name: cell}
        _add_key(table, {**given, "year": year}, {**values, "year": year}, placed, row)
        try:
            amount = read_value(value_column, raw, cell, f"{value_column.name} of {year}")
        except Rejected as rejected:
            if rejected.problem:
                table.problems.append(rejected.problem)
            continue
        if usable:
            _add_row(table, {**values, "year": year, value_column.name: amount}, placed, row)


def _add_row(table: TableRead, values: dict[str, Value], cells: dict[str, Cell], row: int) -> None:
    try:
        record = table.sheet.model_validate(values)
    except ValidationError as error:  # a rule of the type that cells are not checked for one by one
        for found in error.errors():
            name = str(found["loc"][0]) if found["loc"] else ""
            cell = cells.get(name) or Cell(table.sheet.sheet, row=row)
            message = f"{name or 'the row'} cannot be used: {found['msg']}"
            table.problems.append(Problem(cell, str(found["input"]), "", "", message))
        return
    table.rows.append(LocatedRow(record, row, cells))


def _add_key(
    table: TableRead, given: dict[str, Raw], values: dict[str, Value], cells: dict[str, Cell], row: int
) -> None:
    parts = []
    for name in table.sheet.keys:
        raw = given.get(name)
        if name in values:
            value = values[name]
            parts.append("" if value is None else str(value))
        elif isinstance(raw, str | int | float):
            parts.append(as_text(raw))
        else:
            return
    cell = cells.get(table.sheet.keys[0]) or Cell(table.sheet.sheet, row=row)
    assert table.keys is not None
    table.keys.append(KeyRead(tuple(parts), cell, row))


def _note_defaults(table: TableRead, grid: Grid, header: Header, used: set[str]) -> None:
    if not table.rows:
        return
    left_out = [f"{column.name} ({column.default_text})" for column in _defaulted(table.sheet, header, used)]
    if left_out:
        message = f"columns left out or blank throughout take their defaults: {', '.join(left_out)}"
        table.notes.append(Note(Cell(grid.name), message))


def _defaulted(sheet: type[Row], header: Header, used: set[str]) -> Iterator[Column]:
    for name, column in columns_of(sheet).items():
        if not column.required and name not in used and name not in PROVENANCE:
            yield column
