"""The first row of a sheet: which column stands where."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from openpyxl.utils import get_column_letter

from inputs.cell_values import as_text
from inputs.columns import DOCUMENTARY, Column, columns_of
from inputs.problems import Cell, Note, Problem, nearest, quoted
from inputs.sheets import Row
from inputs.spreadsheet import ErrorValue, Grid, Merged, NoStoredValue

K = TypeVar("K")

EARLIEST, LATEST = 1900, 2200


@dataclass
class Header:
    """Where the columns of a sheet stand: `columns` by name and, in a sheet by year, `years` by year.

    `unknown` has the headers that are no columns. `usable` is False when rows cannot be told from it; the
    reasons are in `problems`.
    """

    columns: dict[str, int] = field(default_factory=dict)
    years: dict[int, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    usable: bool = True

    def letters(self) -> dict[str, str]:
        """Column letters by column name."""
        return {name: get_column_letter(position) for name, position in self.columns.items()}


def normal(name: str) -> str:
    """A name with case, spaces, hyphens and underscores evened out, as sheets and headers are matched."""
    return "_".join(name.casefold().replace("_", " ").replace("-", " ").split())


def read_header(grid: Grid, sheet: type[Row]) -> Header:
    """Match the first row with the sheet's columns; case, spaces and underscores do not matter.

    A sheet by year may have years as headers, instead of its columns for year and value. Problems:
    a duplicated, merged or unreadable header, a missing required column, a mixture of both layouts.
    Notes: columns that the program does not know, with the nearest name it knows, and columns of figures without a
    header.
    """
    header = Header()
    known = columns_of(sheet)
    by_normal = {normal(name): name for name in known}
    for position, raw in sorted(grid.values.get(1, {}).items()):
        cell = grid.cell(1, position)
        if isinstance(raw, Merged | NoStoredValue | ErrorValue):
            _unreadable(header, raw, cell)
            continue
        if sheet.wide_by_year and isinstance(raw, date):
            message = f"the header should be a year, found a date, {as_text(raw)}"
            header.problems.append(Problem(cell, as_text(raw), "a year", f"Enter the year {raw.year}.", message))
            header.usable = False
            continue
        text = as_text(raw)
        year = _year(text) if sheet.wide_by_year else None
        if year is not None:
            _place(header, header.years, year, position, grid, text)
        elif normal(text) in by_normal:
            _place(header, header.columns, by_normal[normal(text)], position, grid, text)
        elif normal(text) not in DOCUMENTARY:
            header.unknown.append(text)
            near = nearest(text, known)
            hint = f"; did you mean '{near}'?" if near and near not in header.columns else ""
            message = f"the column {quoted(text)} is not known and was ignored{hint}"
            header.notes.append(Note(cell, message, unknown=True))
    header.notes += _without_header(grid)
    _check_layout(header, grid, sheet)
    _check_required(header, grid, known, sheet)
    return header


def _without_header(grid: Grid) -> Iterator[Note]:
    """Columns of figures whose first cell is blank: nothing says what they are, so they are not read."""
    headed = grid.values.get(1, {})
    figures: dict[int, list[int]] = {}
    for row, values in grid.values.items():
        for position, raw in values.items():
            number = isinstance(raw, int | float) and not isinstance(raw, bool)
            if row > 1 and position not in headed and number:
                figures.setdefault(position, []).append(row)
    for position, rows in sorted(figures.items()):
        count = "a figure stands" if len(rows) == 1 else f"{len(rows)} figures stand"
        letter = get_column_letter(position)
        message = f"{count} under the empty header {letter}1 and {'was' if len(rows) == 1 else 'were'} ignored"
        yield Note(grid.cell(min(rows), position), message, unknown=True)


def _place(header: Header, places: dict[K, int], name: K, position: int, grid: Grid, text: str) -> None:
    if name in places:
        first = grid.cell(1, places[name])
        cell = grid.cell(1, position)
        message = f"the header {quoted(text)} stands twice, first in {first}"
        header.problems.append(Problem(cell, text, "one column of a name", "Keep one of the two.", message))
        return
    places[name] = position


def _unreadable(header: Header, raw: Merged | NoStoredValue | ErrorValue, cell: Cell) -> None:
    header.usable = False
    if isinstance(raw, Merged):
        return  # merged areas are told once, for the whole table
    what = f"the error {raw.code}" if isinstance(raw, ErrorValue) else f"a formula without stored result, {raw.formula}"
    message = f"the header should be text, found {what}"
    header.problems.append(Problem(cell, what, "a column name", "Type the column name.", message))


def _year(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) == 4 and EARLIEST <= int(text) <= LATEST else None


def _check_layout(header: Header, grid: Grid, sheet: type[Row]) -> None:
    value = sheet.wide_by_year
    if not header.years or value is None:
        return
    for name in ("year", value):
        if name in header.columns:
            cell = grid.cell(1, header.columns[name])
            allowed = f"either years as columns, or the columns year and {value}"
            message = f"the sheet has years as columns and also the column '{name}'"
            header.problems.append(Problem(cell, name, allowed, "Keep one of the two layouts.", message))
            header.usable = False


def _check_required(header: Header, grid: Grid, known: dict[str, Column], sheet: type[Row]) -> None:
    if not header.columns and not header.years:
        remedy = "Put the column names in the first row, as in the blank template."
        found = ", ".join(quoted(as_text(raw)) for raw in list(grid.values.get(1, {}).values())[:3]) or "nothing"
        message = f"the first row should have the column names ({', '.join(list(known)[:3])} ...), found {found}"
        if header.usable:
            header.problems.append(Problem(Cell(grid.name, row=1), found, "column names", remedy, message))
        header.usable = False
        return
    for name, column in known.items():
        if not column.required or name in header.columns or (header.years and name in ("year", sheet.wide_by_year)):
            continue
        remedy = f"Add a column headed {name}: {column.meaning}."
        near = nearest(name, header.unknown)
        if near is not None:
            remedy = f"Rename the column {quoted(near)} if it is meant."
        elif sheet.wide_by_year and name == "year":
            remedy = f"Add a column headed year, or one column per plan year instead of year and {sheet.wide_by_year}."
        if any(isinstance(raw, Merged) for raw in grid.values.get(1, {}).values()):
            continue
        message = f"the required column '{name}' is missing"
        header.problems.append(Problem(Cell(grid.name), "nothing", f"a column '{name}'", remedy, message))
        header.usable = False
