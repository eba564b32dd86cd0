"""What differs between two workbooks, or two variants: value by value, with the cells where both stand.

Rows are matched by their keys and columns by their names, so that neither the order of rows, nor that of columns, nor
years as columns or as rows make a difference. Values are compared as they are understood: a blank and the default that
it stands for are the same.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from inputs.case import Case
from inputs.cell_values import Value, as_text
from inputs.columns import PROVENANCE, SHEET_TYPES, columns_of, setting_columns
from inputs.header import normal
from inputs.located import LocatedRow, Tables, rows_of
from inputs.origins import value_text
from inputs.problems import Cell
from inputs.settings import Settings
from inputs.settings_sheet import read_settings
from inputs.sheets import Override, Row, Setting, Source, Variant
from inputs.spreadsheet import read_spreadsheet
from inputs.workbook import UnknownVariant, Workbook, variant_case

Concerns = Literal["plan", "solving", "words"]
"""What a value bears on: the plan, how it is searched for, or only what is read beside it."""

SOLVING = ("gap", "time_limit", "threads", "seed", "solver", "default_variant")
"""Settings that say how to solve, not what is planned."""

NAMES = ("name", "local_name", *PROVENANCE)
"""Columns that name and explain, and that no plan depends on."""

RULES = {"scales": "all", "lanes": "as in Scales", "use_decided": "no"}
"""What the sheet Variants says of a variant that bears on its plan, and what a blank there means."""

UNIT = "unit"
"""A column of Settings that is written for people."""

UNSAID = ""
"""The cell of a value that stands nowhere, because the default holds."""


@dataclass(frozen=True, slots=True)
class ValueDifference:
    """A value that is not the same in both, named as for `--set`.

    In Settings the column is `value`, in sheets by year it is the year. `before` and `after` are the values of the
    first and the second, None where there is none; the cells are blank where the value stands in none.
    """

    sheet: str
    key: str
    column: str
    before: Value
    after: Value
    cell_before: str
    cell_after: str
    concerns: Concerns


@dataclass(frozen=True, slots=True)
class LoneRow:
    """A row that only the first (`in_first`) or only the second has: its key, its place and what it says."""

    sheet: str
    key: str
    in_first: bool
    cell: str
    content: str
    concerns: Concerns


@dataclass(frozen=True, slots=True)
class WorkbookDifferences:
    """All that differs. `reordered` has the sheets whose common rows stand in another order, which makes no difference
    to what they say but can decide between equally good plans."""

    values: tuple[ValueDifference, ...]
    rows: tuple[LoneRow, ...]
    reordered: tuple[str, ...]


@dataclass
class _Entry:
    """A row as it is compared: its values and their cells by column, and where it stands."""

    place: str
    values: dict[str, Value] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    content: dict[str, str] = field(default_factory=dict)


def workbook_differences(
    first: Workbook, second: Workbook, variants: tuple[str, str] | None = None
) -> WorkbookDifferences:
    """What differs between two workbooks as they stand or, with `variants`, between a variant of the first and one of
    the second (which may be the same workbook), the overrides of each applied.

    Raises `InvalidWorkbook` for a variant that a workbook does not have.
    """
    if variants is None:
        return _compared((first.rows, second.rows), _plain_settings(first), _plain_settings(second), ())
    one, other = _case(first, variants[0]), _case(second, variants[1])
    left_out = (Variant.sheet, Override.sheet)
    found = _compared((one.tables, other.tables), _settings_of(one), _settings_of(other), left_out)
    return WorkbookDifferences((*_rules(one, other), *found.values), found.rows, found.reordered)


def unit_differences(first: Path, second: Path) -> tuple[ValueDifference, ...]:
    """Settings beside which the two files state another unit, in a column that the program itself does not read.

    A value that was converted shows anyway; one that was not is wrong in one of the two. A unit that only one file
    states is no difference. Raises `InvalidWorkbook` as `read_spreadsheet` does.
    """
    one, other = stated_units(first), stated_units(second)
    return tuple(
        ValueDifference(Setting.sheet, name, UNIT, one[name][0], other[name][0], one[name][1], other[name][1], "words")
        for name in one
        if name in other and one[name][0] != other[name][0]
    )


def stated_units(path: Path) -> Mapping[str, tuple[str, str]]:
    """The unit that a workbook states beside each setting, and its cell."""
    found: dict[str, tuple[str, str]] = {}
    for grid in read_spreadsheet(path).grids:
        if normal(grid.name) != normal(Setting.sheet):
            continue
        places = {normal(as_text(raw)): column for column, raw in grid.values.get(1, {}).items()}
        if UNIT not in places or "setting" not in places:
            continue
        for row, values in grid.values.items():
            name, unit = values.get(places["setting"]), values.get(places[UNIT])
            if row > 1 and isinstance(name, str) and isinstance(unit, str):
                found[normal(name)] = unit.strip(), str(grid.cell(row, places[UNIT]))
    return found


def _case(workbook: Workbook, code: str) -> Case:
    if code not in workbook.variants:
        raise UnknownVariant(code, workbook.variants, Cell(workbook.path.name))
    return variant_case(workbook.rows, workbook.keys, code)[0]


def _settings_of(case: Case) -> tuple[Settings, Mapping[str, str]]:
    return case.settings, {name: str(cell) for name, cell in case.setting_cells.items()}


def _plain_settings(workbook: Workbook) -> tuple[Settings, Mapping[str, str]]:
    cells = read_settings(rows_of(workbook.rows, Setting)).cells
    return workbook.settings, {name: str(cell) for name, cell in cells.items()}


def _compared(
    tables: tuple[Tables, Tables],
    first: tuple[Settings, Mapping[str, str]],
    second: tuple[Settings, Mapping[str, str]],
    left_out: Sequence[str],
) -> WorkbookDifferences:
    values: list[ValueDifference] = list(_of_settings(first, second))
    rows: list[LoneRow] = []
    reordered = []
    for sheet, kind in SHEET_TYPES.items():
        if sheet in left_out:
            continue
        if kind is Setting:
            one, other = (_setting_entries(table[sheet]) for table in tables)
        else:
            one, other = (_entries(kind, table[sheet]) for table in tables)
        common = [key for key in one if key in other]
        for key in common:
            values += _of_row(sheet, key, one[key], other[key])
        if kind is not Setting:
            rows += [_lone(sheet, key, one[key], True) for key in one if key not in other]
            rows += [_lone(sheet, key, other[key], False) for key in other if key not in one]
            if common != [key for key in other if key in one]:
                reordered.append(sheet)
    return WorkbookDifferences(tuple(values), tuple(rows), tuple(reordered))


def _of_settings(
    first: tuple[Settings, Mapping[str, str]], second: tuple[Settings, Mapping[str, str]]
) -> Iterator[ValueDifference]:
    for name in setting_columns():
        before, after = getattr(first[0], name), getattr(second[0], name)
        if before != after:
            cells = (first[1].get(name, UNSAID), second[1].get(name, UNSAID))
            yield ValueDifference(Setting.sheet, name, "value", before, after, *cells, _concerns(Setting.sheet, name))


def _setting_entries(rows: Sequence[LocatedRow[Row]]) -> dict[str, _Entry]:
    """What is said beside each setting; its value is compared as the setting that it becomes."""
    names = {normal(name): name for name in setting_columns()}
    found: dict[str, _Entry] = {}
    for row in rows:
        written = normal(row.key[0])
        entry = found.setdefault(names.get(written, written), _Entry(str(row.cell("setting"))))
        _add_words(entry, row)
    for name in names.values():
        found.setdefault(name, _Entry(UNSAID))
    return found


def _entries(kind: type[Row], rows: Sequence[LocatedRow[Row]]) -> dict[str, _Entry]:
    """The rows of a sheet by key; of a sheet by year one for all years together, with the years as columns."""
    found: dict[str, _Entry] = {}
    for row in rows:
        by_year = kind.wide_by_year
        parts = [part for name, part in zip(kind.keys, row.key, strict=True) if not (by_year and name == "year")]
        entry = found.setdefault("/".join(parts).rstrip("/"), _Entry(str(row.cell(kind.keys[0]))))
        for name in columns_of(kind):
            if name in kind.keys or name in PROVENANCE:
                continue
            column = str(getattr(row.record, "year", "")) if name == by_year else name
            value = getattr(row.record, name)
            entry.values[column] = value
            entry.cells[column] = str(row.cells[name]) if name in row.cells else UNSAID
            if value not in (None, ""):
                entry.content[column] = value_text(value)
        _add_words(entry, row)
    return found


def _add_words(entry: _Entry, row: LocatedRow[Row]) -> None:
    """Status, source and note; different ones of the same key, as of single years, all together."""
    for name in PROVENANCE:
        text = value_text(getattr(row.record, name))
        known = value_text(entry.values.get(name))
        if text and text not in known.split("; "):
            entry.values[name] = f"{known}; {text}" if known else text
        if name in row.cells:
            entry.cells.setdefault(name, str(row.cells[name]))


def _of_row(sheet: str, key: str, one: _Entry, other: _Entry) -> Iterator[ValueDifference]:
    for column in dict.fromkeys((*one.values, *other.values)):
        before, after = one.values.get(column), other.values.get(column)
        if value_text(before) != value_text(after):  # a number and the same as text mean the same where text may stand
            cells = (one.cells.get(column, UNSAID), other.cells.get(column, UNSAID))
            yield ValueDifference(sheet, key, column, before, after, *cells, _concerns(sheet, key, column))


def _lone(sheet: str, key: str, entry: _Entry, in_first: bool) -> LoneRow:
    content = ", ".join(f"{column} = {text}" for column, text in entry.content.items())
    return LoneRow(sheet, key, in_first, entry.place, content, _concerns(sheet, key))


def _concerns(sheet: str, key: str, column: str = "") -> Concerns:
    if sheet == Source.sheet or column in NAMES or (sheet == Setting.sheet and key == "title"):
        return "words"
    return "solving" if sheet == Setting.sheet and key in SOLVING else "plan"


def _rules(one: Case, other: Case) -> Iterator[ValueDifference]:
    """What the sheet Variants itself says of the two variants."""
    key = one.variant if one.variant == other.variant else f"{one.variant}, {other.variant}"
    for column, unsaid in RULES.items():
        texts, cells = [], []
        for case in (one, other):
            row = case.variant_row
            text = "" if row is None else value_text(getattr(row.record, column))
            texts.append(text or unsaid)
            cells.append(str(row.cells[column]) if row is not None and column in row.cells else UNSAID)
        if texts[0] != texts[1]:
            yield ValueDifference(Variant.sheet, key, column, texts[0], texts[1], cells[0], cells[1], "plan")


__all__ = ["LoneRow", "ValueDifference", "WorkbookDifferences", "workbook_differences"]
