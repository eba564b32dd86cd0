"""Rows that know where they stand, so that every limit can be traced to cells."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

from inputs.problems import Cell
from inputs.sheets import Row

R = TypeVar("R", bound=Row, covariant=True)


@dataclass(frozen=True, slots=True)
class LocatedRow(Generic[R]):
    """A row of a sheet and where it stands.

    `row` is its number in the sheet; `cells` has the cell of each column that the sheet has. In a sheet
    with the years as columns, one sheet row makes several of these, each with its own value's cell.
    """

    record: R
    row: int
    cells: Mapping[str, Cell]

    def cell(self, column: str) -> Cell:
        """The cell of a column; the whole row when the sheet lacks the column."""
        return self.cells.get(column) or Cell(self.record.sheet, row=self.row)

    @property
    def key(self) -> tuple[str, ...]:
        """The row's key as text, a blank part as the empty text."""
        return tuple("" if part is None else str(part) for part in self.key_values)

    @property
    def key_values(self) -> tuple[object, ...]:
        """The values of the key columns."""
        return tuple(getattr(self.record, name) for name in self.record.keys)


Tables = Mapping[str, tuple[LocatedRow[Row], ...]]
"""The rows of each sheet, by sheet name; every sheet is there."""


def rows_of(tables: Tables, sheet: type[R]) -> tuple[LocatedRow[R], ...]:
    """The rows of one sheet, typed."""
    return cast(tuple[LocatedRow[R], ...], tables[sheet.sheet])
