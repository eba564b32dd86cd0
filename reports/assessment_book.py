"""A short report as an Excel workbook: a page in words and figures, then a sheet for each of some tables.

What is told of several plans at once, such as an assessment or a ranking, is no table of one run; its sheets are
declared here with the same columns and units.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Generic, TypeVar

from pandas import DataFrame
from xlsxwriter import Workbook

from models.instance import Instance
from reports.background import Background, origin_rows
from reports.columns import SHARE, Column, Row, frame_of
from reports.excel.book import OPTIONS, has_sheets, headings_of, plain_headings, rows_of, write_meanings
from reports.excel.cells import Book, Heading, Value, shown, write_list, write_value
from reports.facts import FINE_SHARE
from reports.plurals import unit_for
from reports.whole_file import whole_file

T = TypeVar("T")

FIGURES = "Figures"
CONTENTS = "Contents"
COLUMNS = "Columns"
PROVENANCE = "Provenance"

SHADES = {
    "type": "2_color_scale",
    "min_color": "#FFFFFF",
    "max_color": "#E8A33D",
    "max_type": "percentile",
    "max_value": 90,
}
"""How shaded cells are coloured: a tenth are as dark as can be, lest a few outshine all others."""

Fact = tuple[str, object, str, str]
"""A figure of the first page: its name, value, unit and remark."""


@dataclass(frozen=True)
class Sheet(Generic[T]):
    """A table about something: `name` is its key among the DataFrames, `title` that of its sheet. `shaded` names
    columns side by side whose cells are the darker the greater they are."""

    name: str
    title: str
    meaning: str
    columns: Callable[[Instance], tuple[Column, ...]]
    rows: Callable[[T], Iterable[Row]]
    key_columns: int = 2
    shaded: Callable[[Instance], Sequence[str]] = lambda instance: ()

    def frame(self, instance: Instance, about: T) -> DataFrame:
        """The table as a DataFrame with the declared columns."""
        return frame_of(self.columns(instance), self.rows(about))


def write_book(
    path: Path,
    instance: Instance,
    title: str,
    figures: Sequence[Fact],
    sheets: Sequence[tuple[Sheet[T], DataFrame]],
    background: Background,
) -> None:
    """Write the report; an existing file is replaced only by a finished one.

    Columns of which every cell is blank, as of what was not asked for, are left out.
    """
    content = BytesIO()
    workbook = Workbook(content, OPTIONS)
    workbook.set_properties({"title": f"{instance.title}: {title}", "subject": f"Variant {instance.variant}"})
    book = Book(workbook, f"{instance.title}: {title}")
    headings = plain_headings("figure", "value", "unit", "remark")
    front = book.add_sheet(FIGURES)
    write_list(book, front, headings, [tuple(fact) for fact in figures])
    for number, (_, value, unit, _) in enumerate(figures, start=1):
        if isinstance(value, float) and unit == SHARE.label:
            write_value(book, front, (number, 1), value, FINE_SHARE.number_format)
    entries: list[tuple[Value, ...]] = [(FIGURES, "What was found, in words and figures.", None)]
    entries += [(sheet.title, sheet.meaning, len(frame)) for sheet, frame in sheets]
    headings = [Heading("sheet"), Heading("what it shows"), Heading("rows", "#,##0")]
    write_list(book, book.add_sheet(CONTENTS), headings, entries)
    declared = []
    for sheet, whole in sheets:
        naming = set(whole.columns[: sheet.key_columns])
        columns = [
            column for column in sheet.columns(instance) if column.name in naming or is_shown(whole, column.name)
        ]
        frame = whole[[column.name for column in columns]]
        declared.append((sheet.title, columns))
        headings = headings_of(instance, columns)
        page = book.add_sheet(sheet.title)
        write_list(book, page, headings, rows_of(frame), key_columns=sheet.key_columns)
        places = [place for place, name in enumerate(frame.columns) if name in sheet.shaded(instance)]
        if places and len(frame):
            page.conditional_format(1, min(places), len(frame), max(places), SHADES)
    write_meanings(book, book.add_sheet(COLUMNS), instance, declared)
    write_list(book, book.add_sheet(PROVENANCE), plain_headings("what", "value"), origin_rows(background))
    workbook.close()
    with whole_file(path) as unfinished:
        unfinished.write_bytes(content.getvalue())


def is_shown(frame: DataFrame, name: str) -> bool:
    """Whether a column has something in it."""
    return bool((frame[name].notna() & (frame[name] != "")).any())


def fact_text(value: object, unit: str) -> str:
    """A figure of the first page as a line of text shows it; what is not known says so."""
    if isinstance(value, float) and unit == SHARE.label:
        return f"{100 * value:.3g} %"
    return "not known" if value is None else f"{shown(value, None)} {unit_for(value, unit)}".strip()


def is_book(path: Path) -> bool:
    """Whether a file is a report that `write_book` has written, told by its sheets."""
    return has_sheets(path, (FIGURES, CONTENTS, COLUMNS, PROVENANCE))
