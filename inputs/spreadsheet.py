"""An .xlsx file as plain grids of values; everything that is peculiar to openpyxl and Excel files ends here."""

import hashlib
import io
import warnings
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from inputs.problems import Cell, InvalidWorkbook, Problem

SAVE_AGAIN = "Open it in Excel or LibreOffice and save it again."
SAVE_AS = "Open it in Excel or LibreOffice and save it as an .xlsx workbook."
SAVE_UNLOCKED = "Open it in Excel or LibreOffice and save it as an .xlsx workbook without a password."

OLE_HEADER = bytes.fromhex("d0cf11e0a1b11ae1")
"""First bytes of an .xls file, and of an .xlsx file locked with a password."""


@dataclass(frozen=True, slots=True)
class NoStoredValue:
    """A formula whose result was never stored in the file."""

    formula: str


@dataclass(frozen=True, slots=True)
class ErrorValue:
    """A cell that shows an error such as #REF!."""

    code: str


@dataclass(frozen=True, slots=True)
class Merged:
    """A cell that is part of a merged area."""

    area: str


Raw = str | int | float | bool | datetime | date | time | timedelta | NoStoredValue | ErrorValue | Merged | None
"""What a cell may hold; None is blank, and so is text of spaces only."""


@dataclass(frozen=True)
class Grid:
    """A sheet: `values[row][column]`, counted from 1, of cells that are not blank; merged areas; number of formulas."""

    name: str
    values: Mapping[int, Mapping[int, Raw]]
    merged: Mapping[str, tuple[int, int, int, int]]
    formulas: int

    def cell(self, row: int, column: int) -> Cell:
        """The place of a value."""
        return Cell(self.name, get_column_letter(column), row)


@dataclass(frozen=True)
class Spreadsheet:
    """The sheets of a file, and the SHA-256 of its bytes, by which results name what they came from."""

    grids: tuple[Grid, ...]
    sha256: str


def read_spreadsheet(path: Path) -> Spreadsheet:
    """Read every sheet of an .xlsx or .xlsm file, hidden sheets and rows included; formulas by their stored values.

    Raises `InvalidWorkbook` when there is no such file, or it is no Excel workbook, or it is locked.
    """
    content = _bytes_of(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about decorations that openpyxl does not keep; nothing is saved here
            grids = _grids(content)
    except Exception as error:  # openpyxl raises whatever its XML layers raise on a damaged file
        raise _unusable(path, f"cannot be read: {error}", SAVE_AGAIN) from error
    return Spreadsheet(tuple(grids), hashlib.sha256(content).hexdigest())


def _grids(content: bytes) -> list[Grid]:
    book = load_workbook(io.BytesIO(content))
    grids = [_grid(sheet, None) for sheet in book.worksheets]
    if any(grid.formulas for grid in grids):
        # Formulas and their stored results take two readings; most workbooks need only the first.
        stored = load_workbook(io.BytesIO(content), data_only=True)
        grids = [_grid(sheet, stored[sheet.title]) for sheet in book.worksheets]
    return grids


def _bytes_of(path: Path) -> bytes:
    if path.is_dir():
        raise _unusable(path, "is a folder", "Name the workbook in it.")
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise _unusable(path, "does not exist", "Check the name and the folder.") from error
    except OSError as error:
        why = f"cannot be opened: {error.strerror}"
        raise _unusable(path, why, "Close it elsewhere and check who may read it.") from error
    if content.startswith(OLE_HEADER):
        raise _unusable(path, "is locked with a password or is an old .xls file", SAVE_UNLOCKED)
    if not content.startswith(b"PK"):
        raise _unusable(path, "is not an Excel workbook (.xlsx)", SAVE_AS)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            damaged = archive.testzip()
            names = archive.namelist()
    except Exception as error:  # zipfile lets errors of every compression library through
        raise _unusable(path, f"is damaged: {error}", "Take an undamaged copy.") from error
    if damaged is not None:
        raise _unusable(path, f"is damaged in {damaged}", "Take an undamaged copy.")
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise _unusable(path, "is not an Excel workbook (.xlsx)", SAVE_AS)
    if path.suffix.lower() not in (".xlsx", ".xlsm"):
        raise _unusable(path, "should be named .xlsx", "Rename it, or save it as an .xlsx workbook.")
    return content


def _unusable(path: Path, why: str, remedy: str) -> InvalidWorkbook:
    return InvalidWorkbook([Problem(Cell(str(path)), why, "an .xlsx workbook", remedy, f"the file {why}")])


def _grid(sheet: Worksheet, stored: Worksheet | None) -> Grid:
    merged = {str(area): (area.min_row, area.min_col, area.max_row, area.max_col) for area in sheet.merged_cells.ranges}
    values: dict[int, dict[int, Raw]] = {}
    formulas = 0
    # The cells that exist, rather than iter_rows: one stray cell far out must not make millions of blank ones.
    for (row, column), cell in sorted(sheet._cells.items()):
        value: Raw = cell.value  # type: ignore[assignment]  # formula objects are replaced below
        if cell.data_type == "f":
            formulas += 1
            value = _stored(sheet.title, value, stored, row, column)
        elif cell.data_type == "e":
            value = ErrorValue(str(value))
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        values.setdefault(row, {})[column] = value
    for area, (top, left, bottom, right) in merged.items():
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                if row in values:
                    values[row][column] = Merged(area)
    return Grid(sheet.title, values, merged, formulas)


def _stored(title: str, formula: object, stored: Worksheet | None, row: int, column: int) -> Raw:
    found = stored.cell(row, column) if stored is not None else None
    if found is None or found.value is None:
        text = getattr(formula, "text", None) or formula
        return NoStoredValue(str(text))
    if found.data_type == "e":
        return ErrorValue(str(found.value))
    return found.value  # type: ignore[return-value]
