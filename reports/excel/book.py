"""What reports as Excel workbooks have alike: how they are made, known again, and say where they come from."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from pandas import DataFrame
from xlsxwriter.worksheet import Worksheet

from models.instance import Instance
from reports.columns import Column
from reports.excel.cells import DARK, LINE_HEIGHT, LINK, Book, Heading, Value, line_count, write_list

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}

MOST_ROWS = 1_048_575
"""Rows that fit on a sheet below its headings."""

FINDING_WIDTHS = (28, 110)
"""Widths of headings and of sentences, in characters."""


def plain_headings(*texts: str) -> list[Heading]:
    """Headings of columns whose cells are written as what they are."""
    return [Heading(text) for text in texts]


def headings_of(instance: Instance, columns: Iterable[Column]) -> list[Heading]:
    """Headings of declared columns, with their units and number formats."""
    return [Heading(column.heading(instance), column.unit.number_format) for column in columns]


def rows_of(frame: DataFrame) -> list[tuple[Value, ...]]:
    """The rows of a DataFrame, as `write_list` takes them."""
    return list(frame.itertuples(index=False, name=None))


def write_meanings(
    book: Book, sheet: Worksheet, instance: Instance, tables: Iterable[tuple[str, Sequence[Column]]]
) -> int:
    """Write what every column of the sheets of these titles means; how many columns there are."""
    rows = [(title, column.heading(instance), column.meaning) for title, columns in tables for column in columns]
    write_list(book, sheet, plain_headings("sheet", "column", "meaning"), rows, key_columns=2)
    return len(rows)


def write_findings(book: Book, sheet: Worksheet, title: str, lines: Iterable[tuple[str, str]]) -> int:
    """Write a page of pairs of a heading and a sentence, below a title; the row below the last of them."""
    for place, width in enumerate(FINDING_WIDTHS):
        sheet.set_column(place, place, width)
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, title, book.format(bold=True, font_size=18, font_color=DARK))
    bold, wrapped = book.format(bold=True, text_wrap=True), book.format(text_wrap=True)
    row = 2
    for heading, text in lines:
        sheet.write_string(row, 0, heading, bold)
        sheet.write_string(row, 1, text, wrapped)
        count = max(line_count(text, FINDING_WIDTHS[1]), line_count(heading, FINDING_WIDTHS[0]))
        sheet.set_row(row, LINE_HEIGHT * count + 3)
        row += 1
    return row


def link_sheets(book: Book, contents: Worksheet, titles: Iterable[str]) -> None:
    """Make links of the sheets' titles in the first column of a list of contents."""
    linked = book.format(font_color=LINK, underline=1)
    for row, title in enumerate(titles, start=1):
        contents.write_url(row, 0, f"internal:'{title}'!A1", linked, string=title)


def has_sheets(path: Path, titles: Iterable[str]) -> bool:
    """Whether a file is an Excel workbook that has sheets of all these titles."""
    try:
        with ZipFile(path) as archive:
            names = archive.read("xl/workbook.xml").decode("utf-8")
    except (OSError, BadZipFile, KeyError, UnicodeDecodeError):
        return False
    return all(f'name="{title}"' in names for title in titles)
