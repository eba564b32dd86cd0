"""The report as an Excel workbook: a page in words and figures, then a sheet a table."""

import secrets
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from pandas import DataFrame
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from models.instance import Instance
from models.plan import Result
from reports.background import Background
from reports.columns import Table
from reports.excel_cells import LINK, Book, Heading, Value, write_list
from reports.excel_summary import write_summary
from reports.summary import provenance, summary
from reports.tables import TABLES, frames, part_of

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}

MOST_ROWS = 1_048_575
"""Rows that fit on a sheet below its headings."""

Entry = tuple[str, str, str, int | None, str]

CONTENTS = "Which sheets there are, what each shows and in which units."
COLUMNS = "What every column of every sheet means."
ASSUMPTIONS = "Figures of the input workbook that are assumed, and the reasoning behind them."
SOURCES = "Where the other figures of the input workbook come from."


def write_excel(path: Path, instance: Instance, result: Result, background: Background) -> None:
    """Write the report. An existing file is replaced only by a finished one.

    The workbook is made in memory, written beside its destination and moved into place.
    """
    content = excel_content(instance, result, background)
    unfinished = path.with_name(f".{path.stem}-{secrets.token_hex(4)}.part")
    try:
        unfinished.write_bytes(content)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def excel_content(instance: Instance, result: Result, background: Background) -> bytes:
    """The report as the content of an .xlsx file."""
    made = frames(instance, result)
    tables = [
        table for table in TABLES if table.own_sheet and table.name in made and table not in (summary, provenance)
    ]
    content = BytesIO()
    workbook = Workbook(content, OPTIONS)
    workbook.set_properties({"title": instance.title, "subject": f"Variant {instance.variant}"})
    book = Book(workbook, instance.title)
    write_summary(book, book.add_sheet(summary.title), instance, result, background)
    contents = book.add_sheet("Contents")
    for table in tables:
        _write_table(book, instance, table, made[table.name])
    assumptions = [tuple(entry) for entry in background.assumptions]
    sources = [tuple(entry) for entry in background.sources]
    origin = provenance_rows(made[provenance.name], background)
    write_list(book, book.add_sheet("Assumptions"), _plain("sheet", "key", "note"), assumptions)
    write_list(book, book.add_sheet("Sources"), _plain("code", "title", "attribution"), sources)
    write_list(book, book.add_sheet(provenance.title), _plain("what", "value"), origin)
    meanings = [
        (table.title, column.heading(instance), column.meaning)
        for table in tables
        for column in table.columns(instance)
    ]
    write_list(book, book.add_sheet("Columns"), _plain("sheet", "column", "meaning"), meanings, key_columns=2)
    first, last = part_of(summary), part_of(provenance)
    entries: list[Entry] = [
        (summary.title, first, summary.meaning, None, ""),
        ("Contents", first, CONTENTS, None, ""),
        *(_entry(instance, table, made[table.name]) for table in tables),
        ("Assumptions", last, ASSUMPTIONS, len(assumptions), ""),
        ("Sources", last, SOURCES, len(sources), ""),
        (provenance.title, last, provenance.meaning, len(origin), ""),
        ("Columns", last, COLUMNS, len(meanings), ""),
    ]
    _write_contents(book, contents, entries)
    workbook.close()
    return content.getvalue()


def provenance_rows(known: DataFrame, background: Background) -> list[tuple[str, str]]:
    """What the run knows of its origin, and what its background adds."""
    rows = [(str(what), str(value)) for what, value in zip(known["what"], known["value"], strict=True)]
    rows += [("workbook", background.workbook), ("sha256 of the workbook", background.sha256)]
    rows += [("command", background.command)] if background.command else []
    rows += [(f"option {name}", value) for name, value in background.options.items()]
    rows += [(f"version of {name}", value) for name, value in background.versions.items()]
    rows += [("time of the whole run", f"{background.seconds:.1f} s")] if background.seconds is not None else []
    rows += [("note", note) for note in background.notes]
    return rows


def _plain(*texts: str) -> list[Heading]:
    return [Heading(text) for text in texts]


def _write_table(book: Book, instance: Instance, table: Table, frame: DataFrame) -> None:
    headings = [Heading(column.heading(instance), column.unit.number_format) for column in table.columns(instance)]
    rows: list[tuple[Value, ...]] = list(frame.head(MOST_ROWS).itertuples(index=False, name=None))
    sheet = book.add_sheet(table.title)
    write_list(book, sheet, headings, rows, key_columns=table.key_columns, total_last=table.total_last)


def _entry(instance: Instance, table: Table, frame: DataFrame) -> Entry:
    """Line of the contents for a table: title, part of the report, meaning, rows, units."""
    units = dict.fromkeys(column.unit.name(instance) for column in table.columns(instance))
    meaning = table.meaning
    if len(frame) > MOST_ROWS:
        meaning += f" Only the first {MOST_ROWS:,} of {len(frame):,} rows fit on the sheet."
    return table.title, part_of(table), meaning, min(len(frame), MOST_ROWS), ", ".join(unit for unit in units if unit)


def _write_contents(book: Book, sheet: Worksheet, entries: Sequence[Entry]) -> None:
    headings = [Heading("sheet"), Heading("part"), Heading("what it shows"), Heading("rows", "#,##0"), Heading("units")]
    write_list(book, sheet, headings, entries)
    linked = book.format(font_color=LINK, underline=1)
    for row, (title, *_) in enumerate(entries, start=1):
        sheet.write_url(row, 0, f"internal:'{title}'!A1", linked, string=title)


def is_report(path: Path) -> bool:
    """Whether a file is a report that `write_excel` has written, told by its sheets."""
    try:
        with ZipFile(path) as archive:
            names = archive.read("xl/workbook.xml").decode("utf-8")
    except (OSError, BadZipFile, KeyError, UnicodeDecodeError):
        return False
    return all(f'name="{sheet}"' in names for sheet in ("Summary", "Contents", "Provenance"))
