"""Tables of a page: the first rows as text, all of them packed for the page's script to search and sort."""

import base64
import gzip
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass

from pandas import DataFrame

from models.instance import Instance
from reports.columns import Column, Table
from reports.excel.cells import Heading, Value, column_format, shown

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


@dataclass(frozen=True)
class Listing:
    """A table of a page. `formats` are number formats by column (blank: text, or as each value asks), `first` the
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
) -> Listing:
    count = len(columns[0]) if columns else 0
    held = min(count, MOST_CELLS // max(1, len(columns)))
    units = [column.unit.number_format for column in declared] or [None] * len(columns)
    formats = [
        column_format(Heading(heading, unit), values)
        for heading, unit, values in zip(headings, units, columns, strict=True)
    ]
    packed = [[_packed(value, form) for value in values[:held]] for values, form in zip(columns, formats, strict=True)]
    return Listing(
        name=name,
        title=title,
        meaning=meaning,
        headings=tuple(headings),
        meanings=tuple(column.meaning for column in declared),
        formats=tuple(form or "" for form in formats),
        first=tuple(
            tuple(shown_text(values[row], form) for values, form in zip(columns, formats, strict=True))
            for row in range(min(FIRST_ROWS, count))
        ),
        rows=count,
        held=held,
        packed=pack(packed),
        total_last=total_last and held == count,
    )


def shown_text(value: Value, form: str | None) -> str:
    """A value as a page shows it."""
    return str(value) if form == "0" and isinstance(value, int) else shown(value, form)


def pack(content: object) -> str:
    """JSON, compressed, as base64."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return base64.b64encode(gzip.compress(text.encode("utf-8"), mtime=0)).decode("ascii")


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
