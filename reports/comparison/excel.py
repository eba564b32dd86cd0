"""A comparison as an Excel workbook: what it comes to in words, then a sheet a table."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from reports.background import origin_rows
from reports.columns import Column
from reports.comparison import Comparison, ComparisonTable, short_name
from reports.comparison.proofs import proven_differences
from reports.comparison.results import Line, lines, results, variants
from reports.comparison.sentences import summary_sentences
from reports.comparison.tables import COMPARISON_TABLES
from reports.excel.book import (
    MOST_ROWS,
    OPTIONS,
    has_sheets,
    headings_of,
    link_sheets,
    plain_headings,
    rows_of,
    write_meanings,
)
from reports.excel.cells import DARK, LINE_HEIGHT, PALE, Book, Heading, line_count, write_list, write_value
from reports.whole_file import whole_file

SUMMARY, CONTENTS, COLUMNS, ORIGIN = "Summary", "Contents", "Columns", "Provenance"
WORDS_WIDTH = 130
"""Width of the summary's sentences, in characters."""

WIDTHS = (52, 46, 34)
"""Widths of the sheet Results: section, figure, unit."""
VALUE_WIDTH = 18

NAME = "variant_name"
"""The column that is cut where it is long; the sheet Variants has it in full."""


def write_comparison_excel(path: Path, comparison: Comparison) -> None:
    """Write the comparison. An existing file is replaced only by a finished one."""
    content = comparison_excel_content(comparison)
    with whole_file(path) as unfinished:
        unfinished.write_bytes(content)


def comparison_excel_content(comparison: Comparison) -> bytes:
    """The comparison as the content of an .xlsx file."""
    content = BytesIO()
    workbook = Workbook(content, OPTIONS)
    title = comparison.base.instance.title or "Plan"
    workbook.set_properties({"title": f"{title}: comparison of variants"})
    book = Book(workbook, title)
    _write_summary(book, book.add_sheet(SUMMARY), comparison, title)
    contents = book.add_sheet(CONTENTS)
    entries: list[tuple[str, str, int | None]] = [(SUMMARY, summary_sentences.meaning, None)]
    tables = [table for table in COMPARISON_TABLES if table.own_sheet]
    entries += [(table.title, table.meaning, _write_table(book, comparison, table)) for table in tables]
    origin = _origin(comparison)
    write_list(book, book.add_sheet(ORIGIN), plain_headings("what", "value"), origin)
    entries.append((ORIGIN, "Where the figures come from: workbook, program, options.", len(origin)))
    declared = [(table.title, table.columns(comparison)) for table in tables]
    meanings = write_meanings(book, book.add_sheet(COLUMNS), comparison.base.instance, declared)
    entries.append((COLUMNS, "What every column of every sheet means.", meanings))
    _write_contents(book, contents, entries)
    workbook.close()
    return content.getvalue()


def _write_summary(book: Book, sheet: Worksheet, comparison: Comparison, title: str) -> None:
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, WORDS_WIDTH)
    heading = book.format(bold=True, font_size=22, font_color=DARK, valign="vcenter")
    sheet.write_string(0, 0, title, heading)
    sheet.set_row(0, 34)
    codes = ", ".join(compared.variant for compared in comparison.variants)
    grey = book.format(font_color="#595959")
    sheet.write_string(1, 0, f"Comparison of {codes}   ·   against {comparison.base_code}", grey)
    row, before = 3, None
    for about, words in summary_sentences(comparison).itertuples(index=False, name=None):
        if about != before:
            row += 0 if before is None else 1
            style = book.format(bold=True, bg_color=PALE, font_color=DARK, bottom=1)
            sheet.write_string(row, 0, about or "All variants", style)
            name = short_name(comparison.by_code[about].name, WORDS_WIDTH - 10) if about else ""
            sheet.write_string(row, 1, name, style)
            row, before = row + 1, about
        sheet.write_string(row, 1, words, book.format(text_wrap=True))
        sheet.set_row(row, LINE_HEIGHT * line_count(words, WORDS_WIDTH))
        row += 1


def _write_table(book: Book, comparison: Comparison, table: ComparisonTable) -> int:
    """Write a table; how many rows it has."""
    sheet = book.add_sheet(table.title)
    if table is results:
        return _write_results(book, sheet, comparison)
    headings = headings_of(comparison.base.instance, table.columns(comparison))
    frame = table(comparison).head(MOST_ROWS)
    if NAME in frame and table is not variants:
        frame = frame.assign(**{NAME: [short_name(name) for name in frame[NAME]]})
    rows = rows_of(frame)
    write_list(book, sheet, headings, rows, key_columns=table.key_columns)
    return len(rows)


def _write_results(book: Book, sheet: Worksheet, comparison: Comparison) -> int:
    """Each row has a unit of its own, and its figures the format of that."""
    columns = results.columns(comparison)
    known = lines(comparison)
    rows = rows_of(results(comparison))
    style = book.format(bold=True, text_wrap=True, bg_color=DARK, font_color="white", border=1)
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column.heading(comparison.base.instance), style)
        sheet.set_column(place, place, WIDTHS[place] if place < len(WIDTHS) else VALUE_WIDTH)
    sheet.set_row(0, 2 * LINE_HEIGHT + 3)
    section = None
    for number, (line, row) in enumerate(zip(known, rows, strict=True), start=1):
        first = {"top": 1} if line.section != section else {}
        section = line.section
        for place, (column, value) in enumerate(zip(columns, row, strict=True)):
            write_value(book, sheet, (number, place), value, _format(line, column), **first)
        longest = max(
            line_count(value, WIDTHS[place] if place < len(WIDTHS) else VALUE_WIDTH)
            for place, value in enumerate(row)
            if isinstance(value, str)
        )
        if longest > 1:
            sheet.set_row(number, longest * LINE_HEIGHT)
    sheet.freeze_panes(1, 2)
    sheet.repeat_rows(0)
    sheet.autofilter(0, 0, len(rows), len(columns) - 1)
    return len(rows)


def _format(line: Line, column: Column) -> str | None:
    """Number format of a cell: that of the row's unit, with a sign where it is a difference; small ones have more
    decimals."""
    plain = row_format(line)
    if plain is None or not column.name.startswith("difference_"):
        return plain
    return f"+{plain};-{plain};0"


def row_format(line: Line) -> str | None:
    """Number format of a row: that of its unit, with decimals where all figures are small and some are broken."""
    plain = line.unit.number_format
    if plain != "#,##0":
        return plain
    numbers = [abs(value) for value in line.values.values() if isinstance(value, int | float)]
    return "#,##0" if max(numbers, default=0.0) >= 100 or all(n == round(n) for n in numbers) else "#,##0.00"


def _origin(comparison: Comparison) -> list[tuple[str, str]]:
    known = comparison.background
    asked = [("base", comparison.base_code), *(("set", override) for override in known.overrides)]
    return asked + origin_rows(known)


def _write_contents(book: Book, sheet: Worksheet, entries: Sequence[tuple[str, str, int | None]]) -> None:
    write_list(book, sheet, [Heading("sheet"), Heading("what it shows"), Heading("rows", "#,##0")], entries)
    link_sheets(book, sheet, [title for title, *_ in entries])


def is_comparison(path: Path) -> bool:
    """Whether a file is a comparison that `write_comparison_excel` has written, told by its sheets."""
    return has_sheets(path, (SUMMARY, CONTENTS, proven_differences.title, ORIGIN))
