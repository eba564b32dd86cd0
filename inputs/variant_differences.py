"""What differs between the variants of a workbook: each value, what it is in every one of them, and where it stands."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from inputs import overrides as replacing
from inputs.columns import PROVENANCE
from inputs.located import LocatedRow, rows_of
from inputs.origins import value_text
from inputs.settings import Settings
from inputs.sheets import Override, Row, Setting, Variant
from inputs.workbook import Workbook, variant_case

MANY = 5
"""Rows of a sheet that are told one by one; where the same is changed in more, they are told together."""

UNSAID = {"scales": "all", "lanes": "as in Scales"}
"""What a blank in the sheet Variants means."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A value that is not the same in all variants: as on the sheet, `rows` of them where many are changed alike.

    `values` has its text by variant, blank where there is none, and `cells` where those stand that are not the
    workbook's common ones.
    """

    sheet: str
    key: str
    column: str
    rows: int
    values: Mapping[str, str]
    cells: tuple[str, ...]


def variant_differences(
    workbook: Workbook, variants: Sequence[str], overrides: Sequence[str] = ()
) -> tuple[Difference, ...]:
    """What differs between some variants of a workbook, `overrides` applied to all of them alike.

    Raises `InvalidWorkbook` for overrides of another form than `Sheet.key.column=value`.
    """
    own = {row.record.variant: row for row in rows_of(workbook.rows, Variant)}
    found = list(_rules(own, variants))
    further = replacing.from_arguments(overrides)
    cases = {code: variant_case(workbook.rows, workbook.keys, code, further)[0] for code in variants}
    for sheet in cases[variants[0]].tables:
        if sheet not in (Variant.sheet, Override.sheet):
            found += _of_sheet(sheet, {code: case.tables[sheet] for code, case in cases.items()})
    settings = {code: case.settings for code, case in cases.items()}
    return tuple(_with_defaults(one, settings) if one.sheet == Setting.sheet else one for one in found)


def _rules(own: Mapping[str, LocatedRow[Variant]], variants: Sequence[str]) -> list[Difference]:
    """What the sheet Variants itself says of each."""
    found = []
    for column in ("scales", "lanes", "use_decided"):
        rows = {code: own[code] for code in variants if code in own}
        values = {code: value_text(getattr(row.record, column)) or UNSAID.get(column, "") for code, row in rows.items()}
        if len(set(values.values())) > 1:
            cells = tuple(str(row.cells[column]) for row in rows.values() if column in row.cells)
            found.append(Difference(Variant.sheet, "", column, 1, values, cells))
    return found


def _with_defaults(found: Difference, settings: Mapping[str, Settings]) -> Difference:
    """A setting's default where a variant does not say."""
    said = {code: text or value_text(getattr(settings[code], found.key, None)) for code, text in found.values.items()}
    return replace(found, values=said)


def _of_sheet(sheet: str, tables: Mapping[str, Sequence[LocatedRow[Row]]]) -> list[Difference]:
    """The differences of a sheet; rows in which the same column has the same values are told together if many."""
    changed = _changed(tables)
    alike: dict[tuple[str, tuple[str, ...]], list[str]] = defaultdict(list)
    for (key, column), values in changed.items():
        alike[column, tuple(values.values())].append(key)
    by_key = {code: {_key(sheet, row): row for row in rows} for code, rows in tables.items()}
    found = []
    for (column, texts), keys in alike.items():
        for group in [keys] if len(keys) > MANY else [[key] for key in keys]:
            rows = [by_key[code][key] for code in tables for key in group if key in by_key[code]]
            cells = dict.fromkeys(str(row.cells[column]) for row in rows if column in row.cells)
            replaced = tuple(cell for cell in cells if not cell.startswith(f"{sheet}!"))
            told = group[0] if len(group) == 1 else f"{group[0]} and {len(group) - 1} more"
            found.append(Difference(sheet, told, column, len(group), dict(zip(tables, texts, strict=True)), replaced))
    return found


def _changed(tables: Mapping[str, Sequence[LocatedRow[Row]]]) -> dict[tuple[str, str], dict[str, str]]:
    """Values by variant, of each key and column in which they are not all the same."""
    first, *others = tables.values()
    if all(len(rows) == len(first) and all(a is b for a, b in zip(first, rows, strict=True)) for rows in others):
        return {}
    values: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for code, rows in tables.items():
        for row in rows:
            for name in type(row.record).model_fields:
                if name not in (*row.record.keys, *PROVENANCE):
                    values[_key(row.record.sheet, row), name][code] = value_text(getattr(row.record, name))
    full = {place: {code: known.get(code, "") for code in tables} for place, known in values.items()}
    return {place: known for place, known in full.items() if len(set(known.values())) > 1}


def _key(sheet: str, row: LocatedRow[Row]) -> str:
    """The key as `--set` writes it; a setting's is its name."""
    return "/".join(row.key).rstrip("/") if sheet != Setting.sheet else row.key[0]
