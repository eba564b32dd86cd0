"""Tables of a page: the first rows as text, all of them packed for the page's script to search and sort."""

import base64
import gzip
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from pandas import DataFrame

from models.instance import Instance
from reports.columns import VARIOUS, Column, Table
from reports.excel.cells import Heading, Value, column_format, is_missing, own_format, shown

FIRST_ROWS = 10
"""Rows that a page shows, and prints, before its script takes over."""
MOST_CELLS = 200_000
"""Cells of a table that a page holds at most; the Excel report has them all."""
MOST_COLUMNS_ON_PAPER = 14
"""Columns of a table that is printed."""
SPARE_DECIMALS = 2
"""Decimals that packed figures keep beyond those shown, so that they sort as they are."""
ENDLESS = "∞"
"""Stands for an amount without limit in packed figures."""
BY_ROW, SIGNED = "row", "+row"
"""Formats of columns whose figures have the format of their row, the latter with a sign."""


class Named(Protocol):
    """What every table declares of itself, of whatever it tells."""

    @property
    def name(self) -> str:
        """Its name in the program, and in links."""

    @property
    def title(self) -> str:
        """Its title."""

    @property
    def meaning(self) -> str:
        """What it shows, in sentences."""


@dataclass(frozen=True)
class Listing:
    """A table of a page. `formats` are number formats by column (blank: text, or as each value asks; or `BY_ROW`,
    `SIGNED`: the format of the row, of which the packed values then have a further column), `first` the
    first rows as texts, `rows` how many there are and `held` how many of them the page holds, in `packed`: columns of
    values as JSON, compressed, in letters that HTML leaves alone."""

    name: str
    title: str
    meaning: str
    headings: tuple[str, ...]
    meanings: tuple[str, ...]
    formats: tuple[str, ...]
    first: tuple[tuple[str, ...], ...]
    rows: int
    held: int
    packed: str
    total_last: bool

    @property
    def broad(self) -> bool:
        """Whether the table is too wide for paper."""
        return len(self.headings) > MOST_COLUMNS_ON_PAPER

    @property
    def numeric(self) -> tuple[bool, ...]:
        """Whether each column holds figures, which are set to the right."""
        return tuple(form not in ("", "0") for form in self.formats)


def listing_of(instance: Instance, table: Table, frame: DataFrame) -> Listing:
    """A table of the report as a listing."""
    columns = table.columns(instance)
    return _listing(
        table.name,
        table.title,
        table.meaning,
        [column.heading(instance) for column in columns],
        columns,
        [list(frame[column.name]) for column in columns],
        total_last=table.total_last,
    )


def frame_listing(
    instance: Instance,
    table: Named,
    columns: Sequence[Column],
    frame: DataFrame,
    row_formats: Sequence[str | None] | None = None,
) -> Listing:
    """A table of another kind than those of one run as a listing; the instance gives its units their words.

    Columns of various units that hold figures have the number format of their row: that of `row_formats` where they are
    given, else as each value asks. The names of those of differences begin with `difference`; they show their sign.
    """
    values = [list(frame[column.name]) for column in columns]
    forms = {
        place: SIGNED if column.name.startswith("difference") else BY_ROW
        for place, column in enumerate(columns)
        if column.unit is VARIOUS and (row_formats is not None or _figures_only(values[place]))
    }
    return _listing(
        table.name,
        table.title,
        table.meaning,
        [column.heading(instance) for column in columns],
        columns,
        values,
        total_last=False,
        by_row=forms,
        row_formats=row_formats,
    )


def plain_listing(
    name: str, title: str, meaning: str, headings: Sequence[str], rows: Sequence[Sequence[str]]
) -> Listing:
    """Rows of text as a listing."""
    columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in headings]
    return _listing(name, title, meaning, headings, (), columns, total_last=False)


def _listing(
    name: str,
    title: str,
    meaning: str,
    headings: Sequence[str],
    declared: Sequence[Column],
    columns: Sequence[list[Value]],
    *,
    total_last: bool,
    by_row: Mapping[int, str] | None = None,
    row_formats: Sequence[str | None] | None = None,
) -> Listing:
    count = len(columns[0]) if columns else 0
    held = min(count, MOST_CELLS // max(1, len(columns)))
    units = [column.unit.number_format for column in declared] or [None] * len(columns)
    formats = [
        (by_row or {}).get(place) or column_format(Heading(heading, unit), values)
        for place, (heading, unit, values) in enumerate(zip(headings, units, columns, strict=True))
    ]
    rows = row_formats or [None] * count
    packed: list[object] = [
        [_packed(value, _format(form, rows[row])) for row, value in enumerate(values[:held])]
        for values, form in zip(columns, formats, strict=True)
    ]
    if by_row:
        packed.append([form or "" for form in rows[:held]])
    return Listing(
        name=name,
        title=title,
        meaning=meaning,
        headings=tuple(headings),
        meanings=tuple(column.meaning for column in declared),
        formats=tuple(form or "" for form in formats),
        first=tuple(
            tuple(
                shown_text(values[row], _format(form, rows[row])) for values, form in zip(columns, formats, strict=True)
            )
            for row in range(min(FIRST_ROWS, count))
        ),
        rows=count,
        held=held,
        packed=pack(packed),
        total_last=total_last and held == count,
    )


def shown_text(value: Value, form: str | None) -> str:
    """A value as a page shows it; a format that begins with + shows the sign of what is not nought."""
    if form == "0" and isinstance(value, int):
        return str(value)
    if form is None or not form.startswith("+") or isinstance(value, bool) or not isinstance(value, (int, float)):
        return shown(value, form)
    text = shown(value, form[1:] or own_format(value))
    return f"+{text}" if value > 0 and any(digit in text for digit in "123456789") else text


def pack(content: object) -> str:
    """JSON, compressed, as base64."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return base64.b64encode(gzip.compress(text.encode("utf-8"), mtime=0)).decode("ascii")


def _format(form: str | None, row: str | None) -> str | None:
    """The number format of a value in a column and a row."""
    if form == BY_ROW:
        return row
    return f"+{row or ''}" if form == SIGNED else form


def _figures_only(values: Sequence[Value]) -> bool:
    found = [value for value in values if not is_missing(value)]
    return bool(found) and all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in found)


def _packed(value: Value, form: str | None) -> object:
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, (int, float)):
        if math.isnan(value):
            return None
        if math.isinf(value):
            return ENDLESS
        decimals = len((form or "0.0000").partition(".")[2].rstrip("%"))
        kept = round(value, decimals + SPARE_DECIMALS + (2 if (form or "").endswith("%") else 0))
        return int(kept) if kept == int(kept) else kept
    return str(value)
