"""Sheets that calculate: one row a place, years side by side, a block of columns for each quantity.

Cells of the plan are numbers in blue on a pale ground, which a reader may change; figures of the workbook are plain;
everything else is a formula over them. A block of limits has what is left of each limit, and beside it the least of
every row; below 0 it is broken, and red.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from reports.excel.cells import DARK, LINE_HEIGHT, PALE, Book, column_width, line_count, text_width
from reports.excel.formula import Area, Term, least_of

Kind = Literal["plan", "data", "formula", "limit"]
Figure = Term | float | str | None

BLUE, INPUT, RED, PINK, GREY = "#1F4FBF", "#FFFBE6", "#9C0006", "#FFC7CE", "#595959"
AMOUNT, COUNT, SHARE, FINE = "#,##0.00;-#,##0.00;0", "#,##0.##;-#,##0.##;0", "0.0%", "#,##0.00##;-#,##0.00##;0"
LOOKS: Mapping[Kind, Mapping[str, object]] = {
    "plan": {"font_color": BLUE},
    "data": {"font_color": GREY},
    "formula": {},
    "limit": {"italic": True, "font_color": GREY},
}
"""How cells of a kind look."""
HEADINGS = 2
"""Rows of headings of a sheet: what, and in which year or unit."""
YEAR_WIDTH = 11
PLACE_WIDTH = 34
LEAST = "least left"


COLUMNS = tuple(xl_col_to_name(column) for column in range(16_384))
"""Letters of every column of a sheet."""


@dataclass(frozen=True)
class LimitArea:
    """Cells with what is left of a rule's limits; `least` are those with the least of each row, `places` those that
    name the rows, `years` those that name the columns (None: the limits have no year)."""

    sheet: str
    cells: Area
    least: Area
    places: str
    place_names: Sequence[str]
    years: str | None
    year_names: Sequence[int]
    width: int
    first_cell: str

    @property
    def count(self) -> int:
        """Limits that there are."""
        return len(self.cells.known())

    @property
    def broken(self) -> int:
        """Those of which less than nothing is left."""
        return sum(value < 0 for value in self.cells.known())


class Live:
    """A sheet under construction whose cells are referred to from others."""

    def __init__(self, book: Book, sheet: Worksheet, title: str) -> None:
        self.book = book
        self.sheet = sheet
        self.title = title
        self.prefix = f"'{title}'!"
        self.formulas = 0
        self._formats: dict[tuple[Kind, str], Any] = {}

    def cell(self, row: int, column: int) -> str:
        """Reference to a cell from any sheet."""
        return f"{self.prefix}${COLUMNS[column]}${row + 1}"

    def cells(self, first_row: int, first_column: int, last_row: int, last_column: int) -> str:
        """Reference to a rectangle from any sheet."""
        first, last = COLUMNS[first_column], COLUMNS[last_column]
        return f"{self.prefix}${first}${first_row + 1}:${last}${last_row + 1}"

    def write(self, row: int, column: int, figure: Figure, kind: Kind, number_format: str, **style: object) -> None:
        """Write a figure as what it is: a formula with its value, a number, or words."""
        if figure is None:
            return
        shape = self._formats.get((kind, number_format))
        if shape is None or style:
            shape = cell_format(self.book, kind, number_format, **style)
            if not style:
                self._formats[kind, number_format] = shape
        if isinstance(figure, Term):
            self.formulas += 1
            text = figure.text.replace(self.prefix, "").replace("$", "")
            shown = "" if math.isnan(figure.value) else figure.value
            self.sheet.write_formula(row, column, f"={text}", shape, shown)
        elif isinstance(figure, str):
            self.sheet.write_string(row, column, figure, shape)
        elif figure != 0 or kind != "plan":
            self.sheet.write_number(row, column, figure, shape)

    def mark_input(self, first_row: int, first_column: int, last_row: int, last_column: int) -> None:
        """Show cells of the plan, blank ones too, on a pale ground."""
        pale = self.book.workbook.add_format({"bg_color": INPUT})
        rule = {"type": "formula", "criteria": "=TRUE", "format": pale}
        self.sheet.conditional_format(first_row, first_column, last_row, last_column, rule)

    def mark_broken(self, first_row: int, first_column: int, last_row: int, last_column: int) -> None:
        """Show cells below 0 in red."""
        red = self.book.workbook.add_format({"bg_color": PINK, "font_color": RED, "bold": True})
        rule = {"type": "cell", "criteria": "<", "value": 0, "format": red}
        self.sheet.conditional_format(first_row, first_column, last_row, last_column, rule)


def cell_format(book: Book, kind: Kind, number_format: str, **style: object) -> Any:
    """Format of a cell of a kind."""
    return book.format(num_format=number_format, **LOOKS[kind], **style)


def widest(values: Iterable[float]) -> int:
    """Width that the longest of some figures takes, with two decimals."""
    known = list(values)
    return max(len(f"{max(known):,.2f}"), len(f"{min(known):,.2f}")) + 2 if known else 0


def value_of(figure: Figure) -> float | None:
    """The number that a cell shows; None for words and blanks."""
    if isinstance(figure, Term):
        return None if math.isnan(figure.value) else figure.value
    return None if isinstance(figure, str) else figure


class Block:
    """A quantity on a grid: one column, or one a year."""

    def __init__(self, grid: "Grid", first: int, years: Sequence[int]) -> None:
        self.grid = grid
        self.first = first
        self.width: float = YEAR_WIDTH
        self.years = years
        self._place = {year: place for place, year in enumerate(years)}
        self.columns: list[list[float | None]] = [[None] * len(grid.rows) for _ in range(max(1, len(years)))]

    @property
    def last(self) -> int:
        """Last column."""
        return self.first + len(self.columns) - 1

    def at(self, key: Any, year: int | None = None) -> Term:
        """A cell."""
        row, place = self.grid.rows[key], 0 if year is None else self._place[year]
        return Term(self.grid.cell(row + HEADINGS, self.first + place), self.columns[place][row] or 0.0)

    def known(self, key: Any, year: int | None = None) -> bool:
        """Whether a cell has a number."""
        return self.columns[0 if year is None else self._place[year]][self.grid.rows[key]] is not None

    def down(self, year: int | None = None, keys: tuple[Any, Any] | None = None) -> Area:
        """A column, or its part from the first to the last of two keys."""
        first, last = (0, len(self.grid.rows) - 1) if keys is None else (self.grid.rows[key] for key in keys)
        place = 0 if year is None else self._place[year]
        column = self.first + place
        text = self.grid.cells(first + HEADINGS, column, last + HEADINGS, column)
        return Area(text, self.columns[place][first : last + 1])

    def across(self, key: Any, years: Sequence[int] | None = None, last_key: Any = None) -> Area:
        """Cells of a row, all or those of a stretch of years; to the row of another key where one is given."""
        first, last = 0, len(self.columns) - 1
        if years is not None:
            first, last = self._place[years[0]], self._place[years[-1]]
        row = self.grid.rows[key]
        final = row if last_key is None else self.grid.rows[last_key]
        text = self.grid.cells(row + HEADINGS, self.first + first, final + HEADINGS, self.first + last)
        values = [column[at] for at in range(row, final + 1) for column in self.columns[first : last + 1]]
        return Area(text, values)

    def whole(self) -> Area:
        """All its cells."""
        text = self.grid.cells(HEADINGS, self.first, len(self.grid.rows) + HEADINGS - 1, self.last)
        return Area(text, [column[row] for row in range(len(self.grid.rows)) for column in self.columns])


class Grid(Live):
    """A sheet with a row for each key, in their order. The first column names it in words, the next hold its codes."""

    def __init__(
        self,
        book: Book,
        sheet: Worksheet,
        title: str,
        headings: Sequence[str],
        rows: Mapping[Any, Sequence[str]],
        years: Sequence[int],
    ) -> None:
        super().__init__(book, sheet, title)
        self.years = tuple(years)
        self.rows = {key: number for number, key in enumerate(rows)}
        self.places = [texts[0] for texts in rows.values()]
        self.columns: list[tuple[str, str, str]] = [("", heading, "") for heading in headings]
        self.next = len(headings)
        head = book.format(bold=True, text_wrap=True, bg_color=DARK, font_color="white", border=1)
        for place, heading in enumerate(headings):
            sheet.merge_range(0, place, HEADINGS - 1, place, "", head)
            sheet.write_string(0, place, heading, head)
            texts = [row[place] for row in rows.values()]
            width = column_width(heading, max(map(text_width, texts), default=0))
            sheet.set_column(place, place, min(PLACE_WIDTH, width))
            for number, text in enumerate(texts):
                sheet.write_string(number + HEADINGS, place, text, book.format())
        sheet.set_row(0, 2 * LINE_HEIGHT + 3)
        sheet.freeze_panes(HEADINGS, 1)
        sheet.repeat_rows(0, HEADINGS - 1)
        sheet.repeat_columns(0)

    def plan(self, title: str, unit: str, values: Mapping[Any, float], number_format: str = AMOUNT) -> Block:
        """A decision, by key and year; the key of `values` is that of the row followed by the year."""
        return self.add(title, unit, "plan", lambda key, year: values.get(_joined(key, year), 0.0), number_format)

    def add(
        self,
        title: str,
        unit: str,
        kind: Kind,
        figure: Callable[[Any, int], Figure],
        number_format: str = AMOUNT,
    ) -> Block:
        """A block of years."""
        block = self._block(title, unit, kind, number_format, self.years)
        for key, row in self.rows.items():
            for place, year in enumerate(self.years):
                self._put(block, place, row, figure(key, year), kind, number_format)
        self._widen(block, kind, number_format)
        return block

    def add_column(
        self, title: str, unit: str, kind: Kind, figure: Callable[[Any], Figure], number_format: str = AMOUNT
    ) -> Block:
        """A quantity without a year."""
        block = self._block(title, unit, kind, number_format, ())
        for key, row in self.rows.items():
            self._put(block, 0, row, figure(key), kind, number_format)
        self._widen(block, kind, number_format)
        return block

    def limits(self, title: str, unit: str, figure: Callable[[Any, int], Term | None]) -> LimitArea:
        """What is left of a limit by year, and the least of each row; None where there is no limit."""
        block = self.add(title, unit, "limit", figure)
        has = {key: block.across(key) for key in self.rows}
        lowest = self.add_column(title, LEAST, "limit", lambda key: least_of(has[key]) if has[key].known() else None)
        return self._limit_area(block, lowest, self.years)

    def limits_of_rows(self, title: str, unit: str, figure: Callable[[Any], Term | None]) -> LimitArea:
        """What is left of a limit that has no year."""
        block = self.add_column(title, unit, "limit", figure)
        return self._limit_area(block, block, ())

    def _block(self, title: str, unit: str, kind: Kind, number_format: str, years: Sequence[int]) -> Block:
        block = Block(self, self.next, years)
        self.next = block.last + 1
        head = self.book.format(bold=True, text_wrap=True, bg_color=DARK, font_color="white", border=1)
        year_head = self.book.format(bold=True, bg_color=PALE, font_color=DARK, border=1, num_format="0", align="right")
        heading = f"{title} ({unit})" if unit else title
        if block.last > block.first:
            self.sheet.merge_range(0, block.first, 0, block.last, "", head)
        self.sheet.write_string(0, block.first, heading, head)
        for place, year in enumerate(years):
            self.sheet.write_number(1, block.first + place, year, year_head)
        if not years:
            self.sheet.write_blank(1, block.first, None, year_head)
        width = YEAR_WIDTH if years else column_width(heading, YEAR_WIDTH)
        if line_count(heading, width * len(block.columns)) > 2:
            width = len(heading) / 2 / len(block.columns) + 4
        block.width = width
        self.sheet.set_column(block.first, block.last, width, cell_format(self.book, kind, number_format))
        self.columns.append((title, unit, kind))
        if kind == "plan":
            self.mark_input(HEADINGS, block.first, len(self.rows) + HEADINGS - 1, block.last)
        if kind == "limit":
            self.mark_broken(HEADINGS, block.first, len(self.rows) + HEADINGS - 1, block.last)
        return block

    def _widen(self, block: Block, kind: Kind, number_format: str) -> None:
        """Make room for the longest figure."""
        needed = widest(value for column in block.columns for value in column if value is not None)
        if needed > block.width:
            self.sheet.set_column(block.first, block.last, needed, cell_format(self.book, kind, number_format))

    def _put(self, block: Block, place: int, row: int, figure: Figure, kind: Kind, number_format: str) -> None:
        block.columns[place][row] = value_of(figure)
        self.write(row + HEADINGS, block.first + place, figure, kind, number_format)

    def _limit_area(self, block: Block, lowest: Block, years: Sequence[int]) -> LimitArea:
        return LimitArea(
            sheet=self.title,
            cells=block.whole(),
            least=lowest.down(),
            places=self.cells(HEADINGS, 0, len(self.rows) + HEADINGS - 1, 0),
            place_names=self.places,
            years=self.cells(1, block.first, 1, block.last) if years else None,
            year_names=years,
            width=len(block.columns),
            first_cell=f"{COLUMNS[block.first]}1",
        )


def _joined(key: Any, year: int) -> tuple[Any, ...]:
    return (*key, year) if isinstance(key, tuple) else (key, year)


class Line:
    """A quantity of a year sheet: a row with one cell a year."""

    def __init__(self, sheet: "YearSheet", row: int, figures: Mapping[int, Figure]) -> None:
        self.row = row
        self.title = sheet.title
        self._sheet = sheet
        self._values = {year: value_of(figure) for year, figure in figures.items()}

    def at(self, year: int) -> Term:
        """The cell of a year."""
        return Term(self._sheet.cell(self.row, self._sheet.column(year)), self._values[year] or 0.0)

    def known(self, year: int) -> bool:
        """Whether the year has a number."""
        return self._values[year] is not None

    def across(self) -> Area:
        """All years."""
        years = self._sheet.years
        first, last = self._sheet.column(years[0]), self._sheet.column(years[-1])
        return Area(self._sheet.cells(self.row, first, self.row, last), [self._values[year] for year in years])


class YearSheet(Live):
    """A sheet with a row for each quantity and a column for each year, under headings of sections."""

    LABELS = 2
    """Columns before the years: what, and its unit."""

    def __init__(self, book: Book, sheet: Worksheet, title: str, years: Sequence[int]) -> None:
        super().__init__(book, sheet, title)
        self.years = tuple(years)
        self.next = 1
        self.lines: list[tuple[str, str, str]] = []
        head = book.format(bold=True, bg_color=DARK, font_color="white", border=1)
        year_head = book.format(bold=True, bg_color=DARK, font_color="white", border=1, num_format="0", align="right")
        for place, heading in enumerate(("what", "unit")):
            sheet.write_string(0, place, heading, head)
        for year in self.years:
            sheet.write_number(0, self.column(year), year, year_head)
        self.least = self.LABELS + len(self.years)
        sheet.write_string(0, self.least, LEAST, year_head)
        sheet.set_column(0, 0, 58)
        sheet.set_column(1, 1, 22)
        self._width = 13
        sheet.set_column(self.LABELS, self.least, self._width)
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)

    def column(self, year: int) -> int:
        """Column of a year."""
        return self.LABELS + self.years.index(year)

    def section(self, title: str) -> None:
        """A heading for what follows."""
        self.next += 1 if self.next > 1 else 0
        style = self.book.format(bold=True, bg_color=PALE, font_color=DARK, bottom=1)
        for column in range(self.least + 1):
            self.sheet.write_blank(self.next, column, None, style)
        self.sheet.write_string(self.next, 0, title, style)
        self.next += 1

    def add(
        self, title: str, unit: str, kind: Kind, figure: Callable[[int], Figure], number_format: str = AMOUNT
    ) -> Line:
        """A quantity."""
        figures = {year: figure(year) for year in self.years}
        row = self.next
        self.next += 1
        self.sheet.write_string(row, 0, title, self.book.format(text_wrap=True, align="left"))
        self.sheet.write_string(row, 1, unit, self.book.format(font_color=GREY, align="left"))
        for year, entry in figures.items():
            self.write(row, self.column(year), entry, kind, number_format, align="right")
        if kind == "plan":
            self.mark_input(row, self.LABELS, row, self.least - 1)
        needed = widest(value for entry in figures.values() if (value := value_of(entry)) is not None)
        if needed > self._width:
            self._width = needed
            self.sheet.set_column(self.LABELS, self.least, needed)
        self.lines.append((title, unit, kind))
        return Line(self, row, figures)

    def limits(self, unit: str, rows: Iterable[tuple[str, Callable[[int], Term | None]]]) -> LimitArea | None:
        """What is left of limits, one row for each, and the least of each row. None where there is no row."""
        lines: list[tuple[str, Line]] = []
        for title, figure in rows:
            line = self.add(title, unit, "limit", figure)
            if line.across().known():
                self.write(line.row, self.least, least_of(line.across()), "limit", AMOUNT)
            lines.append((title, line))
        if not lines:
            return None
        top, bottom = lines[0][1].row, lines[-1][1].row
        first, last = self.column(self.years[0]), self.column(self.years[-1])
        self.mark_broken(top, first, bottom, self.least)
        values = [line.across() for _, line in lines]
        lowest = [min(area.known(), default=None) for area in values]
        return LimitArea(
            sheet=self.title,
            cells=Area(self.cells(top, first, bottom, last), [value for area in values for value in area.values]),
            least=Area(self.cells(top, self.least, bottom, self.least), lowest),
            places=self.cells(top, 0, bottom, 0),
            place_names=[title for title, _ in lines],
            years=self.cells(0, first, 0, last),
            year_names=self.years,
            width=len(self.years),
            first_cell=f"A{top + 1}",
        )
