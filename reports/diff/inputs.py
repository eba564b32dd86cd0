"""Tables of the inputs that differ."""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from reports.assessment_book import Sheet
from reports.background import Background
from reports.columns import TEXT, Column, Row, Unit
from reports.diff import ChangedValue, Concerns, Diff, text_of
from reports.diff.beside import columns_beside, values_beside

COUNT = Unit("rows", "#,##0")
RELATIVE = Unit("share of A", "0.0%")
CHANGE = Unit("own unit")
WHAT: Mapping[Concerns, str] = {
    "plan": "the plan",
    "solving": "how it is solved",
    "words": "names, sources and remarks only",
}
"""What an input bears on, in words."""

SHORT = 40
"""Characters of a value that are shown among the largest changes."""

SETTINGS, SETTING_COLUMN = "Settings", "value"

PLACE = (
    Column("sheet", TEXT, "sheet of the workbook; of saved results, table of the problem"),
    Column("key", TEXT, "key of the row, as for --set"),
)
BEARS_ON = Column("bears_on", TEXT, "what it bears on: the plan, how it is solved, or names and remarks only")


def values_rows(diff: Diff) -> Iterator[Row]:
    """Values that differ, those that bear on the plan first."""
    order = list(WHAT)
    for found in sorted(diff.values, key=lambda value: order.index(value.concerns)):
        yield {
            "sheet": found.sheet,
            "key": found.key,
            "column": found.column,
            **values_beside(text_of(found.before), text_of(found.after), of="value"),
            "change": found.change,
            "relative": found.relative,
            **values_beside(found.cell_before, found.cell_after, of="cell"),
            "bears_on": WHAT[found.concerns],
        }


def only_rows(diff: Diff) -> Iterator[Row]:
    """Rows that only one of the two has."""
    for row in diff.rows:
        yield {
            "sheet": row.sheet,
            "key": row.key,
            "only_in": row.only_in,
            "cell": row.cell,
            "content": row.content,
            "bears_on": WHAT[row.concerns],
        }


def by_column_rows(diff: Diff) -> Iterator[Row]:
    """How much differs, by sheet and column, with the largest change of each."""
    groups: dict[tuple[str, str], list[ChangedValue]] = defaultdict(list)
    for value in diff.values:
        single = value.column == SETTING_COLUMN and diff.by_cell  # a setting is a column of its own
        groups[value.sheet, value.key if single and value.sheet == SETTINGS else value.column].append(value)
    alone: dict[str, dict[str, int]] = defaultdict(lambda: {"A": 0, "B": 0})
    for row in diff.rows:
        alone[row.sheet][row.only_in] += 1
    for sheet in dict.fromkeys((*(sheet for sheet, _ in groups), *alone)):
        if sheet in alone:
            counts = alone[sheet]
            yield _line(sheet, "whole rows", None, counts["A"], counts["B"], "")
        for (where, column), values in groups.items():
            if where == sheet:
                yield _line(sheet, column, len(values), None, None, told(largest(values)))


def largest(values: Sequence[ChangedValue]) -> ChangedValue:
    """The value that changed most, relative to A; those without a number count least."""
    return max(values, key=lambda value: (abs(value.relative or 0.0), abs(value.change or 0.0)))


def told(value: ChangedValue) -> str:
    """A change in words: `alder: 10000 -> 12000 (+20 %)`."""
    before, after = _apart(_text(value.before) or "blank", _text(value.after) or "blank")
    share = "" if value.relative is None else f" ({100 * value.relative:+.3g} %)"
    place = f"{value.key}: " if value.key else ""
    return f"{place}{_short(before)} -> {_short(after)}{share}"


def _apart(one: str, other: str) -> tuple[str, str]:
    """Two texts, long ones from the word on in which they differ."""
    if max(len(one), len(other)) <= SHORT:
        return one, other
    alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    begin = one.rfind(" ", 0, alike) + 1
    return (one, other) if begin == 0 else (f"...{one[begin:]}", f"...{other[begin:]}")


def _text(value: object) -> str:
    """A value with at most six digits, where it is no whole number."""
    if isinstance(value, float) and math.isfinite(value) and not value.is_integer():
        return f"{value:.6g}"
    return text_of(value)


def _short(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[: SHORT - 3]}..."


def _line(sheet: str, column: str, changed: int | None, only_a: int | None, only_b: int | None, most: str) -> Row:
    return {
        "sheet": sheet,
        "column": column,
        "changed": changed,
        **values_beside(only_a, only_b, of="only"),
        "largest": most,
    }


def origin_rows_of(diff: Diff) -> Iterator[Row]:
    """Where A and B come from and how they were solved."""
    told_of = [_origin(side.background, side.label) for side in diff.sides]
    if diff.solved:
        for side, facts in zip(diff.sides, told_of, strict=True):
            if side.result is not None:
                facts |= {"status": side.result.status.value, "solver": side.result.solver}
    for what in dict.fromkeys((*told_of[0], *told_of[1])):
        one, other = (facts.get(what, "") for facts in told_of)
        yield {"what": what, **values_beside(one, other), "differs": one != other}


def _origin(background: Background, label: str) -> dict[str, str]:
    facts = {"given": label, "workbook": background.workbook, "sha256 of the workbook": background.sha256}
    facts |= {"variant": background.variant} if background.variant else {}
    facts |= {"values set": "; ".join(background.overrides)} if background.overrides else {}
    facts |= {f"option {name}": value for name, value in background.options.items()}
    return facts | {f"version of {name}": value for name, value in background.versions.items()}


BY_COLUMN = Sheet[Diff](
    "inputs_by_column",
    "Inputs by column",
    "How many inputs differ in each sheet and column, and which of them changed most relative to A.",
    lambda _: (
        PLACE[0],
        Column("column", TEXT, "column of the values, setting, or whole rows; of a sheet by year, the year"),
        Column("changed", COUNT, "rows in which A and B have another value"),
        *columns_beside(COUNT, "rows that only {side} has", "only in {side}", of="only"),
        Column("largest", TEXT, "the change that is largest relative to A", "largest change"),
    ),
    by_column_rows,
)
VALUES = Sheet[Diff](
    "inputs",
    "Inputs that differ",
    "Every value that A and B both have and that is not the same, with the cells of both.",
    lambda _: (
        *PLACE,
        Column("column", TEXT, "column of the value; of a sheet by year, the year"),
        *columns_beside(TEXT, "the value in {side}; blank: none", "in {side}", of="value"),
        Column("change", CHANGE, "the number in B less that in A; blank where one of them is no number"),
        Column("relative", RELATIVE, "the change relative to A; blank where A is 0", "relative change"),
        *columns_beside(
            TEXT, "cell of {side}; blank: it stands in none, as a default does", "cell in {side}", of="cell"
        ),
        BEARS_ON,
    ),
    values_rows,
    key_columns=3,
)
ONLY_ROWS = Sheet[Diff](
    "rows_in_one",
    "Rows only in one",
    "Rows whose key the other does not have, with all that they say.",
    lambda _: (
        *PLACE,
        Column("only_in", TEXT, "which of the two has it", "only in"),
        Column("cell", TEXT, "where it stands"),
        Column("content", TEXT, "what it says"),
        BEARS_ON,
    ),
    only_rows,
    key_columns=3,
)
ORIGIN = Sheet[Diff](
    "origin",
    "A and B",
    "What A and B are: workbook, variant and, where they were solved, options and versions.",
    lambda _: (
        Column("what", TEXT, "what is told"),
        *columns_beside(TEXT, "of {side}"),
        Column("differs", Unit(dtype="bool"), "yes: it is not the same"),
    ),
    origin_rows_of,
    key_columns=1,
)
