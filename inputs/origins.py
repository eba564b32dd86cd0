"""Where each figure of a variant comes from: a cell, an override of the variant, an argument, or a default."""

from dataclasses import dataclass

from inputs.case import Case
from inputs.columns import SHEET_TYPES, columns_of, plain, setting_columns
from inputs.located import LocatedRow
from inputs.problems import Cell
from inputs.sheets import Row, Setting

ARGUMENT = "--set "
"""How the place of a value given on the command line begins."""

IN_SETTINGS = {
    ("Designs", "quota"): "quota",
    ("Counties", "remittance_rate"): "remittance_rate",
    ("ExistingPlants", "crowded_out"): "crowded_out",
    ("Goods", "investment_exponent"): "investment_exponent",
    ("Goods", "worker_exponent"): "worker_exponent",
}
"""Columns that, where they are blank, take the setting of this name."""


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """The name of a figure of a workbook, written as for `--set`: `Resources.central_funds.2027`.

    `key` is the row's key with its parts joined by `/`; in sheets by year `column` is the year, in Settings `value`.
    """

    sheet: str
    key: str
    column: str

    def __str__(self) -> str:
        return f"{self.sheet}.{self.key}.{self.column}"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a figure comes from.

    `value` is what it is now, None where nothing is given. `cell` is the cell of the workbook that holds it, of
    Overrides too, and where it is blank the one to fill in; None where it has none: it was given on the command line,
    or has no row or column. `text` says the place in words.
    """

    address: Address
    value: object
    cell: Cell | None
    text: str


def setting(name: str) -> Address:
    """The address of a setting."""
    return Address(Setting.sheet, name, "value")


class Origins:
    """The origin of every figure of one variant, overrides applied."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._rows: dict[str, dict[tuple[str, ...], LocatedRow[Row]]] = {}

    def of(self, address: Address) -> Origin:
        """The origin of a figure. A blank column that stands for a setting has that setting's."""
        address = self.effective(address)
        if address.sheet == Setting.sheet:
            return self._setting(address)
        row = self._row(address)
        if row is None:
            return Origin(address, None, None, f"{address.sheet} (no row {address.key}, {address.column})")
        column = self._column(address)
        value = getattr(row.record, column)
        cell = row.cells.get(column)
        if cell is None:
            default = columns_of(SHEET_TYPES[address.sheet])[column].default_text
            return Origin(address, value, None, f"{row.cell(column)} (no column {column}, default {default})")
        return _at(address, value, cell, "blank" if value is None else "")

    def effective(self, address: Address) -> Address:
        """The address of the figure that is used: the setting's, where a column is blank and stands for one."""
        name = IN_SETTINGS.get((address.sheet, address.column))
        row = self._row(address) if name is not None else None
        if name is not None and (row is None or getattr(row.record, address.column) is None):
            return setting(name)
        return address

    def _setting(self, address: Address) -> Origin:
        value = getattr(self._case.settings, address.key)
        default = setting_columns()[address.key].default_text
        cell = self._case.setting_cells.get(address.key)
        if cell is None:
            return Origin(address, value, None, f"default of the setting {address.key}, {default}")
        given = any(
            row.cells.get("value") == cell and getattr(row.record, "value", None) is not None
            for row in self._case.tables[Setting.sheet]
        )
        return _at(address, value, cell, "" if given else f"blank, default {default}")

    def _column(self, address: Address) -> str:
        by_year = SHEET_TYPES[address.sheet].wide_by_year
        return by_year if by_year and address.column.isdecimal() else address.column

    def _row(self, address: Address) -> LocatedRow[Row] | None:
        if address.sheet not in self._rows:
            rows = self._case.tables[address.sheet]
            self._rows[address.sheet] = {row.key: row for row in rows}
        parts = tuple(address.key.split("/"))
        if self._column(address) != address.column:
            parts = (*parts, address.column)
        return self._rows[address.sheet].get(parts)


def _at(address: Address, value: object, cell: Cell, remark: str) -> Origin:
    if cell.sheet.startswith(ARGUMENT):
        return Origin(address, value, None, str(cell))
    return Origin(address, value, cell, f"{cell} ({remark})" if remark else str(cell))


def value_text(value: object) -> str:
    """A value as it is typed, for `--set` and for people."""
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return plain(value)
    return str(value)
