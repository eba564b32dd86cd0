"""Cells of the Excel report: formats, widths, and a list written as a sheet with one row of headings.

Text is always written as text, so that nothing a user typed can become a formula or a link.
"""

import math
import textwrap
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

MOST_CHARACTERS = 32_767
"""Characters that fit in a cell."""
NARROWEST, WIDEST = 8, 45
"""Width of a column, in characters."""
WIDE = 200
"""Width, in characters, above which a list prints on A3 rather than A4."""
A3, A4 = 8, 9
"""Numbers of the paper formats in a workbook."""
LINE_HEIGHT = 15
"""Height of a line of text, in points."""
FILTER_BUTTON = 3
"""Characters that the button of a filter covers."""

NO_LIMIT_TEXT = "no limit"
WHOLE, FINE, FINEST, LABEL = "#,##0", "#,##0.00", "#,##0.0000", "0"
"""Number formats; a label is a figure that names rather than counts, such as a year."""
SMALL, TINY = 100, 0.1
"""Where no figure of a column reaches these, two or four decimals are shown."""

DARK, PALE, LINK = "#1F3A5F", "#DCE6F1", "#0563C1"

FIGURE = {"align": "right", "indent": 1}

Value = object


class Heading(NamedTuple):
    """Top of a column: its text, and the number format of the cells under it (None: text, or as each value asks)."""

    text: str
    number_format: str | None = None


class PlainSheet(Worksheet):  # type: ignore[misc]
    """A worksheet whose formulas use none of the functions that are newer than the file format, so that the search for
    them, which takes most of the time of writing a formula, can be left out."""

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")


class Book:
    """A workbook under construction, its formats, and the foot of its printed pages."""

    def __init__(self, workbook: Workbook, foot: str) -> None:
        self.workbook = workbook
        self._foot = foot.replace("&", "&&")[:100]
        self._formats: dict[tuple[tuple[str, object], ...], Format] = {}

    def format(self, **properties: object) -> Format:
        """The format with these properties; the same one for the same properties."""
        asked = tuple(properties.items())
        found = self._formats.get(asked)
        if found is None:
            key = tuple(sorted(asked))
            if key not in self._formats:
                self._formats[key] = self.workbook.add_format({"valign": "top", **properties})
            found = self._formats[asked] = self._formats[key]
        return found

    def add_sheet(self, title: str) -> Worksheet:
        """A sheet that prints across, as wide as the page."""
        sheet: Worksheet = self.workbook.add_worksheet(title, worksheet_class=PlainSheet)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.7)
        sheet.set_footer(f"&L{self._foot}&C&A&RPage &P of &N")
        return sheet


def write_list(
    book: Book,
    sheet: Worksheet,
    headings: Sequence[Heading],
    rows: Sequence[Sequence[Value]],
    *,
    key_columns: int = 1,
    total_last: bool = False,
    formulas: Callable[[int], Mapping[int, str]] | None = None,
) -> int:
    """Write headings and rows: frozen, filtered, as wide as their content, headings repeated on each page.

    The last row of a list with a total is bold and stays outside the filter. `formulas` gives those of a row, counted
    from 1, by column; the value of the cell is stored beside. The number of formulas written.
    """
    count = 0
    formats = [column_format(heading, [row[place] for row in rows]) for place, heading in enumerate(headings)]
    widths = []
    for place, heading in enumerate(headings):
        texts = {shown(value, formats[place]) for value in {row[place] for row in rows}}
        widths.append(column_width(heading.text, max(map(text_width, texts), default=0)))
    _write_headings(book, sheet, headings, widths)
    for number, row in enumerate(rows, start=1):
        bold = {"bold": True, "top": 1} if total_last and number == len(rows) else {}
        lines = 1
        found = formulas(number) if formulas is not None else {}
        for place, value in enumerate(row):
            if place in found:
                count += write_formula(book, sheet, (number, place), found[place], value, formats[place], **bold)
                continue
            write_value(book, sheet, (number, place), value, formats[place], **bold)
            if isinstance(value, str) and value:
                lines = max(lines, line_count(value, widths[place]))
        if lines > 1:
            sheet.set_row(number, lines * LINE_HEIGHT)
    sheet.freeze_panes(1, key_columns)
    sheet.repeat_rows(0)
    sheet.set_paper(A3 if sum(widths) > WIDE else A4)
    filtered = len(rows) - 1 if total_last else len(rows)
    sheet.autofilter(0, 0, max(filtered, 0), len(headings) - 1)
    return count


def _write_headings(book: Book, sheet: Worksheet, headings: Sequence[Heading], widths: Sequence[float]) -> None:
    style = book.format(bold=True, text_wrap=True, bg_color=DARK, font_color="white", border=1)
    lines = 1
    for place, heading in enumerate(headings):
        sheet.write_string(0, place, heading.text, style)
        sheet.set_column(place, place, widths[place])
        lines = max(lines, line_count(heading.text, widths[place] - FILTER_BUTTON))
    sheet.set_row(0, lines * LINE_HEIGHT + 3)


def write_value(
    book: Book, sheet: Worksheet, cell: tuple[int, int], value: Value, number_format: str | None, **style: object
) -> None:
    """Write a value as what it is: text as text, yes or no, a number in its format, nothing as a blank cell."""
    row, column = cell
    if is_missing(value):
        if style:
            sheet.write_blank(row, column, None, book.format(**style))
    elif isinstance(value, (bool, str)):
        sheet.write_string(row, column, shown(value, None)[:MOST_CHARACTERS], book.format(text_wrap=True, **style))
    elif isinstance(value, (int, float)) and math.isfinite(value):
        side = {"align": "left"} if number_format == LABEL else FIGURE
        shape = book.format(num_format=number_format or own_format(value), **side, **style)
        sheet.write_number(row, column, value, shape)
    else:
        sheet.write_string(row, column, shown(value, None), book.format(**FIGURE, **style))


def is_missing(value: Value) -> bool:
    """Whether there is nothing to show."""
    return value is None or value == "" or (isinstance(value, float) and math.isnan(value))


def write_formula(
    book: Book,
    sheet: Worksheet,
    cell: tuple[int, int],
    formula: str,
    value: Value,
    number_format: str | None,
    **style: object,
) -> bool:
    """Write a formula with the value that it comes to. A figure without limit stays in words; False is returned."""
    row, column = cell
    if isinstance(value, float) and math.isinf(value):
        write_value(book, sheet, cell, value, number_format, **style)
        return False
    figure = value if isinstance(value, (int, float)) and math.isfinite(value) else None
    shape = book.format(num_format=number_format or own_format(figure or 0.0), **FIGURE, **style)
    sheet.write_formula(row, column, f"={formula}", shape, "" if figure is None else figure)
    return True


def column_format(heading: Heading, values: Sequence[Value]) -> str | None:
    """Number format of a column: whole figures, or decimals where all of them are small and some are broken."""
    if heading.number_format != WHOLE:
        return heading.number_format
    figures = [value for value in values if isinstance(value, (int, float)) and math.isfinite(value)]
    largest = max((abs(figure) for figure in figures), default=0.0)
    if largest >= SMALL or all(own_format(figure) == WHOLE for figure in figures):
        return WHOLE
    return FINEST if largest < TINY else FINE


def own_format(value: float) -> str:
    """Number format of a figure that stands for itself."""
    if abs(value) >= SMALL or abs(value - round(value)) <= 1e-6:
        return WHOLE
    return FINEST if abs(value) < TINY else FINE


def shown(value: Value, number_format: str | None) -> str:
    """A value as it appears in its cell."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        if math.isnan(value):
            return ""
        if math.isinf(value):
            return NO_LIMIT_TEXT
        kind = number_format or own_format(value)
        decimals = len(kind.partition(".")[2].rstrip("%"))
        text = f"{value:,.{decimals}{'%' if kind.endswith('%') else 'f'}}"
        return text if any(digit in text for digit in "123456789") else text.removeprefix("-")
    return "" if value is None else str(value)


def text_width(text: str) -> int:
    """Width in characters of Latin text; characters of eastern Asia take two."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def column_width(heading: str, content: int) -> float:
    """Width that shows the content on one line up to the widest, and never breaks a word of the heading."""
    longest_word = max((text_width(word) for word in heading.split()), default=0)
    short_heading = min(text_width(heading), 12)
    return min(WIDEST, max(NARROWEST, longest_word + FILTER_BUTTON, short_heading + FILTER_BUTTON, content * 1.1 + 2))


@lru_cache(maxsize=10_000)
def line_count(text: str, width: float) -> int:
    """Lines that a wrapped text takes in a column."""
    lines = text.splitlines() or [""]
    return sum(_wrapped_count(line, width) for line in lines)


def _wrapped_count(line: str, width: float) -> int:
    taken = text_width(line)
    if taken <= width:
        return 1
    room = max(1, int(width * len(line) / taken))
    return len(textwrap.wrap(line, room)) or 1
