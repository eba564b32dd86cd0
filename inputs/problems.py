"""What may be wrong with a workbook, and where: cells, problems, notes."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from openpyxl.utils import column_index_from_string


@dataclass(frozen=True, slots=True)
class Cell:
    """A place in a workbook, written `Counties!F17`.

    Without `row` it is a whole column, without `column` a whole row, without both the whole sheet. A
    value given on the command line, or the file itself, stands with its own text in `sheet`.
    """

    sheet: str
    column: str | None = None
    row: int | None = None

    def __str__(self) -> str:
        if self.column is None and self.row is None:
            return self.sheet
        sheet = self.sheet if self.sheet.isidentifier() else "'" + self.sheet.replace("'", "''") + "'"
        if self.column is None:
            return f"{sheet}!{self.row}:{self.row}"
        if self.row is None:
            return f"{sheet}!{self.column}:{self.column}"
        return f"{sheet}!{self.column}{self.row}"

    @property
    def position(self) -> tuple[int, int]:
        """(row, column) as numbers, for sorting; whole rows, columns and sheets come first."""
        return self.row or 0, column_index_from_string(self.column) if self.column else 0


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a workbook cannot be used, in one place.

    `message` says what is wrong, without a full stop; `found` and `allowed` are the parts of it that a
    program may want; `remedy` is a sentence telling what to do.
    """

    cell: Cell
    found: str
    allowed: str
    remedy: str
    message: str

    def __str__(self) -> str:
        return f"{self.cell}: {self.message}." + (f" {self.remedy}" if self.remedy else "")


@dataclass(frozen=True, slots=True)
class Note:
    """A remark that does not stop anything: a default used, a sheet ignored.

    `unknown`: a sheet or column that the program does not know, perhaps a misspelt one.
    """

    cell: Cell | None
    message: str
    unknown: bool = False

    def __str__(self) -> str:
        text = self.message if self.message.endswith("?") else f"{self.message}."
        return f"{self.cell}: {text}" if self.cell else text


class InvalidWorkbook(Exception):
    """A workbook, or a value given on the command line, cannot be used.

    `problems` has every reason; `notes` has the remarks made while reading, which may tell of
    misspelt sheets and columns.
    """

    def __init__(self, problems: Iterable[Problem], notes: Iterable[Note] = ()) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        self.notes: tuple[Note, ...] = tuple(notes)
        super().__init__(self.problems, self.notes)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


def expected(cell: Cell, what: str, allowed: str, found: str, remedy: str) -> Problem:
    """The problem `what` should be `allowed`, found `found`."""
    return Problem(cell, found, allowed, remedy, f"{what} should be {allowed}, found {found}")


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like `name`, whatever its case; None when none is like it."""
    by_folded = {candidate.casefold(): candidate for candidate in known}
    found = difflib.get_close_matches(name.casefold(), by_folded, n=1, cutoff=0.55)
    return by_folded[found[0]] if found else None


def did_you_mean(name: str, known: Iterable[str], otherwise: str) -> str:
    """A remedy: the nearest known name, or `otherwise` when none is near."""
    found = nearest(name, known)
    return f"Did you mean '{found}'?" if found else otherwise


def quoted(value: object) -> str:
    """A value as messages show it: text in quotes, a blank as 'nothing'."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return f"'{value}'" if len(value) <= 60 else f"'{value[:57]}...'"
    return str(value)
