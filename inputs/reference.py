"""The manual's reference of sheets, columns and settings, in Markdown, from the declarations."""

from collections.abc import Iterable, Iterator

from inputs.columns import PROVENANCE, Column, columns_of, setting_columns
from inputs.sheets import SHEETS, Row, Setting


def sheet_reference() -> str:
    """Every sheet with its columns, and every setting: unit, what is allowed, default, meaning."""
    parts = ["# Sheets and columns", "", _introduction(), ""]
    for sheet in SHEETS:
        parts += _sheet(sheet)
    parts += ["## Columns of every sheet", "", "Where a row's figures come from.", ""]
    every = columns_of(SHEETS[0])
    parts += [*_table(every[name] for name in PROVENANCE), ""]
    return "\n".join(parts)


def _introduction() -> str:
    return (
        "A workbook has one sheet per table, with the column names in the first row; case, spaces and underscores "
        "in names do not matter. Columns marked * are the key: no two rows may share it. A column that is not "
        "required may be blank or left out. Codes are letters, digits, - and _. Sheets and columns that are not "
        "listed here are ignored, with a remark."
    )


def _sheet(sheet: type[Row]) -> Iterator[str]:
    yield f"## {sheet.sheet}"
    yield ""
    yield sheet.meaning + (" Required." if sheet.required else "")
    if sheet.wide_by_year:
        yield ""
        layout = f"in place of `year` and `{sheet.wide_by_year}`"
        yield f"The years may also be columns, one a year, {layout}; a blank there is no entry."
    yield ""
    yield from _table(column for name, column in columns_of(sheet).items() if name not in PROVENANCE)
    yield ""
    if sheet is Setting:
        yield "### Settings by name"
        yield ""
        yield from _table(setting_columns().values(), first="setting")
        yield ""


def _table(columns: Iterable[Column], first: str = "column") -> Iterator[str]:
    yield f"| {first} | unit | allowed | default | meaning |"
    yield "| --- | --- | --- | --- | --- |"
    for column in columns:
        name = f"`{column.name}`" + (" *" if column.key else "")
        cells = (name, column.unit, column.allowed, column.default_text, column.meaning)
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
