"""One cell to one value, or to the problem that says why not."""

import math
import re
from datetime import date, datetime, time, timedelta

from inputs.columns import CODE_LENGTH, CODE_PATTERN, Column
from inputs.problems import Cell, Problem, did_you_mean, expected, quoted
from inputs.spreadsheet import ErrorValue, Merged, NoStoredValue, Raw

Value = str | int | float | None

NOT_FINITE = {"inf", "infinity", "nan", "∞", "unlimited", "no limit", "none"}


class Rejected(Exception):
    """A cell that cannot be used; `problem` is None when the reason has been told already."""

    def __init__(self, problem: Problem | None) -> None:
        super().__init__(str(problem))
        self.problem = problem


def read_value(column: Column, raw: Raw, cell: Cell, name: str | None = None) -> Value:
    """The value of a cell, in the type its column declares; `name` is what messages call it.

    Text, codes and choices are trimmed; choices are accepted in any case, and TRUE and FALSE as yes and no;
    a number in a text or code column is taken as its digits; 3.0 is a whole number. A blank takes the
    column's default. Raises `Rejected` for anything else that the column does not allow.
    """
    what = name or column.name
    if isinstance(raw, str):
        raw = raw.strip() or None
    _refuse_unreadable(what, raw, cell)
    if raw is None:
        if column.required:
            raise Rejected(Problem(cell, "nothing", column.allowed, _enter(column), f"{what} is missing"))
        default: Value = column.default
        return default
    if column.numeric:
        return _number(column, what, raw, cell)
    if column.kind == "choice":
        return _choice(column, what, raw, cell)
    if column.kind == "any" and isinstance(raw, int | float) and not isinstance(raw, bool):
        if not math.isfinite(raw):
            raise Rejected(_not_finite(column, what, str(raw), cell))
        return raw
    text = as_text(raw)
    if column.kind == "code" and column.code_of is None:
        check_code(what, text, cell)
    return text


def as_text(raw: Raw) -> str:
    """A value as text: whole numbers without a decimal point, dates as year-month-day."""
    if isinstance(raw, bool):
        return "yes" if raw else "no"
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    if isinstance(raw, datetime) and raw.time() == time():
        return raw.date().isoformat()
    return str(raw).strip()


def is_code(text: str) -> bool:
    """Whether `text` has the form of a code."""
    return re.match(CODE_PATTERN, text) is not None and len(text) <= CODE_LENGTH


def check_code(what: str, text: str, cell: Cell) -> None:
    """Raise `Rejected` unless `text` is a code of letters, digits, - and _, of at most 40 characters."""
    if is_code(text):
        return
    allowed = f"a code of letters, digits, - and _, at most {CODE_LENGTH} characters"
    suggestion = re.sub(r"[^a-z0-9_]+", "-", text.lower()).strip("-_")[:CODE_LENGTH]
    remedy = f"Write {suggestion}" if suggestion else "Choose a short code"
    raise Rejected(expected(cell, what, allowed, quoted(text), f"{remedy}; the full name belongs in the column name."))


def _refuse_unreadable(what: str, raw: Raw, cell: Cell) -> None:
    if isinstance(raw, Merged):
        raise Rejected(None)
    if isinstance(raw, NoStoredValue):
        message = f"{what} is a formula whose result is not stored in the file ({raw.formula})"
        raise Rejected(
            Problem(cell, raw.formula, "a value", "Open the workbook in Excel or LibreOffice and save it.", message)
        )
    if isinstance(raw, ErrorValue):
        message = f"{what} shows the error {raw.code}"
        raise Rejected(Problem(cell, raw.code, "a value", "Mend the formula or type the value.", message))


def _number(column: Column, what: str, raw: Raw, cell: Cell) -> int | float:
    if isinstance(raw, datetime | date | time | timedelta):
        found = as_text(raw)
        year = getattr(raw, "year", None)
        if column.unit == "year" and year is not None:
            raise Rejected(expected(cell, what, column.allowed, f"a date, {found}", f"Enter the year {year}."))
        remedy = "Format the cell as a number and enter it again."
        raise Rejected(expected(cell, what, column.allowed, f"a date or time, {found}", remedy))
    if isinstance(raw, str):
        raise Rejected(_text_for_number(column, what, raw, cell))
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        raise Rejected(expected(cell, what, column.allowed, quoted(raw), _enter(column)))
    if not math.isfinite(raw):
        raise Rejected(_not_finite(column, what, str(raw), cell))
    if column.kind == "whole" and raw != int(raw):
        raise Rejected(expected(cell, what, "a whole number", quoted(raw), _enter(column)))
    if not _within(column, raw):
        raise Rejected(expected(cell, what, column.bounds, quoted(raw), _enter(column)))
    return int(raw) if column.kind == "whole" else float(raw)


def _within(column: Column, number: float) -> bool:
    return (
        (column.at_least is None or number >= column.at_least)
        and (column.above is None or number > column.above)
        and (column.at_most is None or number <= column.at_most)
    )


def _text_for_number(column: Column, what: str, text: str, cell: Cell) -> Problem:
    if text.lower().lstrip("+-") in NOT_FINITE:
        return _not_finite(column, what, quoted(text), cell)
    if column.unit == "year" and re.match(r"\d{4}-\d\d-\d\d", text):
        return expected(cell, what, column.allowed, f"a date, {text}", f"Enter the year {text[:4]}.")
    number = text_number(text)
    if number is None:
        return expected(cell, what, column.allowed, f"the text {quoted(text)}", _enter(column))
    if not math.isfinite(number):
        return _not_finite(column, what, quoted(text), cell)
    remedy = "Convert the cell to a number."
    if text.endswith("%"):
        remedy = f"Enter {number:g} as a number."
    return expected(cell, what, column.allowed, f"the text {quoted(text)}", remedy)


def text_number(text: str) -> float | None:
    """The number that a text shows, thousands separators and a percent sign allowed; None when it shows none."""
    bare = re.sub(r"(?<=\d)[\s\u00a0\u202f',](?=\d{3}(?!\d))", "", text.strip())
    percent = bare.endswith("%")
    try:
        number = float(bare.rstrip("%"))
    except ValueError:
        return None
    return number / 100 if percent else number


def _not_finite(column: Column, what: str, found: str, cell: Cell) -> Problem:
    remedy = _enter(column)
    if "blank: no limit" in column.meaning or "blank: unlimited" in column.meaning:
        remedy = "Leave the cell blank for no limit."
    return expected(cell, what, "a finite number", found, remedy)


def _choice(column: Column, what: str, raw: Raw, cell: Cell) -> str:
    text = as_text(raw)
    by_folded = {choice.casefold(): choice for choice in column.choices}
    if text.casefold() in by_folded:
        return by_folded[text.casefold()]
    remedy = did_you_mean(text, column.choices, "Choose from the list.")
    raise Rejected(expected(cell, what, column.allowed, quoted(text), remedy))


def _enter(column: Column) -> str:
    """What to enter, from the column's own meaning: its first clause and its unit."""
    meaning = column.meaning.split(";")[0].split(":")[0].strip()
    unit = f" ({column.unit})" if column.unit and column.unit != "year" else ""
    return f"Enter {column.name}: {meaning}{unit}."
