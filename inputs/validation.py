"""Drop-downs and bounds of template cells: the data validation that Excel applies while one types."""

from collections.abc import Mapping
from typing import Any

from inputs.columns import Column, plain
from inputs.key_checks import YEARLY_MEANS
from inputs.sheets import Resource

LAST_ROW = 5000
"""Rows down to which drop-downs reach and codes are looked up; a table longer than that goes on without them."""


def validation(sheet: str, column: Column, letter: str, code_letters: Mapping[str, str]) -> dict[str, Any] | None:
    """Options for `Worksheet.data_validation` of a column that stands under `letter`; None when anything may be typed.

    `code_letters` has the letter of the code column of each sheet in the file. Blank cells are always let
    through: whether one is needed is the reader's to say.
    """
    if column.kind == "choice":
        return _list(list(column.choices), column)
    if column.numeric:
        return _bounds(column, f"{letter}2")
    if sheet == Resource.sheet and column.name == Resource.keys[0]:
        return {**_list(list(YEARLY_MEANS), column), "show_error": False}  # codes of materials are allowed too
    if column.code_of and column.code_of in code_letters:
        source = code_letters[column.code_of]
        found = _list(f"={column.code_of}!${source}$2:${source}${LAST_ROW}", column)
        # Several sources may be named in a cell, separated by commas.
        return {**found, "show_error": False} if column.name == "source" else found
    return None


def _list(source: list[str] | str, column: Column) -> dict[str, Any]:
    return {"validate": "list", "source": source, **_error(column)}


def _bounds(column: Column, first_cell: str) -> dict[str, Any]:
    kind = "integer" if column.kind == "whole" else "decimal"
    low, above, high = _tidy(column.at_least), _tidy(column.above), _tidy(column.at_most)
    if above is not None and high is not None:
        # Excel's "between" includes both ends.
        formula = f"=AND(ISNUMBER({first_cell}),{first_cell}>{plain(above)},{first_cell}<={plain(high)})"
        return {"validate": "custom", "value": formula, **_error(column)}
    if low is not None and high is not None:
        return {"validate": kind, "criteria": "between", "minimum": low, "maximum": high, **_error(column)}
    if above is not None:
        return {"validate": kind, "criteria": ">", "value": above, **_error(column)}
    if low is not None:
        return {"validate": kind, "criteria": ">=", "value": low, **_error(column)}
    return {"validate": kind, "criteria": ">=", "value": -1e15, **_error(column)}


def _tidy(bound: float | None) -> int | float | None:
    """Whole bounds as whole numbers, as Excel shows them."""
    return int(bound) if bound is not None and bound.is_integer() else bound


def _error(column: Column) -> dict[str, Any]:
    return {"error_title": column.name[:32], "error_message": f"{column.name} should be {column.allowed}."[:255]}
