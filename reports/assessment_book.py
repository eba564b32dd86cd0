"""A short report as an Excel workbook: a page in words and figures, then a sheet for each of some tables.

What is told of several plans at once, such as an assessment or a ranking, is no table of one run; its sheets are
declared here with the same columns and units.
"""

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Generic, TypeVar
from zipfile import BadZipFile, ZipFile

from pandas import DataFrame
from xlsxwriter import Workbook

from models.instance import Instance
from reports.background import Background
from reports.columns import Column, Row
from reports.excel import OPTIONS
from reports.excel_cells import Book, Heading, Value, shown, write_list

T = TypeVar("T")

FIGURES = "Figures"
CONTENTS = "Contents"
COLUMNS = "Columns"
PROVENANCE = "Provenance"

Fact = tuple[str, object, str, str]
"""A figure of the first page: its name, value, unit and remark."""


@dataclass(frozen=True)
class Sheet(Generic[T]):
    """A table about something: `name` is its key among the DataFrames, `title` that of its sheet."""

    name: str
    title: str
    meaning: str
    columns: Callable[[Instance], tuple[Column, ...]]
    rows: Callable[[T], Iterable[Row]]
    key_columns: int = 2

    def frame(self, instance: Instance, about: T) -> DataFrame:
        """The table as a DataFrame with the declared columns."""
        columns = self.columns(instance)
        names = [column.name for column in columns]
        records = [[row[name] for name in names] for row in self.rows(about)]
        found = DataFrame(records, columns=names, dtype=object)
        return found.astype({column.name: column.unit.dtype for column in columns})


def write_book(
    path: Path,
    instance: Instance,
    title: str,
    figures: Sequence[Fact],
    sheets: Sequence[tuple[Sheet[T], DataFrame]],
    background: Background,
) -> None:
    """Write the report; an existing file is replaced only by a finished one."""
    content = BytesIO()
    workbook = Workbook(content, OPTIONS)
    workbook.set_properties({"title": f"{instance.title}: {title}", "subject": f"Variant {instance.variant}"})
    book = Book(workbook, f"{instance.title}: {title}")
    headings = [Heading(text) for text in ("figure", "value", "unit", "remark")]
    write_list(book, book.add_sheet(FIGURES), headings, [tuple(fact) for fact in figures])
    entries: list[tuple[Value, ...]] = [(FIGURES, "What was found, in words and figures.", None)]
    entries += [(sheet.title, sheet.meaning, len(frame)) for sheet, frame in sheets]
    headings = [Heading("sheet"), Heading("what it shows"), Heading("rows", "#,##0")]
    write_list(book, book.add_sheet(CONTENTS), headings, entries)
    for sheet, frame in sheets:
        tops = [Heading(column.heading(instance), column.unit.number_format) for column in sheet.columns(instance)]
        rows: list[tuple[Value, ...]] = list(frame.itertuples(index=False, name=None))
        write_list(book, book.add_sheet(sheet.title), tops, rows, key_columns=sheet.key_columns)
    meanings = [
        (sheet.title, column.heading(instance), column.meaning)
        for sheet, _ in sheets
        for column in sheet.columns(instance)
    ]
    headings = [Heading("sheet"), Heading("column"), Heading("meaning")]
    write_list(book, book.add_sheet(COLUMNS), headings, meanings, key_columns=2)
    write_list(book, book.add_sheet(PROVENANCE), [Heading("what"), Heading("value")], list(_origin(background).items()))
    workbook.close()
    unfinished = path.with_name(f".{path.stem}-{secrets.token_hex(4)}.part")
    try:
        unfinished.write_bytes(content.getvalue())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def fact_text(value: object, unit: str) -> str:
    """A figure of the first page as a line of text shows it; what is not known says so."""
    return "not known" if value is None else f"{shown(value, None)} {unit}".strip()


def is_book(path: Path) -> bool:
    """Whether a file is a report that `write_book` has written, told by its sheets."""
    try:
        with ZipFile(path) as archive:
            names = archive.read("xl/workbook.xml").decode("utf-8")
    except (OSError, BadZipFile, KeyError, UnicodeDecodeError):
        return False
    return all(f'name="{sheet}"' in names for sheet in (FIGURES, CONTENTS, COLUMNS, PROVENANCE))


def _origin(background: Background) -> Mapping[str, str]:
    """Where the report comes from."""
    found = {"workbook": background.workbook, "sha256 of the workbook": background.sha256}
    found["command"] = background.command
    found |= {f"option {name}": value for name, value in background.options.items()}
    found |= {f"version of {name}": value for name, value in background.versions.items()}
    if background.seconds is not None:
        found["time of the whole run"] = f"{background.seconds:.1f} s"
    return found
