"""Rows of the plain tables, completed by the assumptions and turned into rows of the workbook's sheets."""

import csv
import typing
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from inputs import sheets

FOLDER = Path(__file__).parent

Cells = dict[str, Any]


def read(table: str) -> list[dict[str, str]]:
    """The rows of one of the plain tables, as text."""
    with (FOLDER / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def assumptions() -> Mapping[str, Mapping[str, str]]:
    """The rows of `assumptions.csv` by name."""
    return {row["name"]: row for row in read("assumptions")}


def assumed(name: str) -> float:
    """The value of an assumption."""
    return float(assumptions()[name]["value"])


def rounded(value: float, step: float) -> float:
    """`value` to the nearest multiple of `step`."""
    return round(round(value / step) * step, 6)


def joined(parts: Iterable[str], separator: str) -> str:
    """The distinct parts that are not empty, in order."""
    return separator.join(dict.fromkeys(part for part in parts if part))


def sources(own: str, *names: str) -> str:
    """The source codes of a row: its own and those of the assumptions behind it."""
    codes = [own, *(assumptions()[name]["source"] for name in names)]
    return joined((code for text in codes for code in text.split(", ")), ", ")


def reasoning(label: str, name: str) -> str:
    """What an assumption rests on, for the note of a row."""
    row = assumptions()[name]
    return f"{label}: {row['reasoning']} (plausible {row['low']} to {row['high']})"


def typed(cells: Mapping[str, Any], sheet: type[sheets.Row]) -> Cells:
    """The sheet's columns of a plain row, with numbers as numbers and blanks left out."""
    found: Cells = {}
    for column, field in sheet.model_fields.items():
        value = cells.get(column, "")
        if value in ("", None):
            continue
        found[column] = as_number(value, field.annotation)
    return found


def as_number(value: Any, annotation: Any) -> Any:
    """The value as the number a column asks for, or as it is where it asks for text."""
    kinds = set(typing.get_args(annotation)) or {annotation}
    try:
        number = float(value) if kinds & {int, float} else None
    except ValueError:
        return value
    if number is None:
        return value
    return int(number) if int in kinds and number.is_integer() else number


def filled(sheet: type[sheets.Row], rows: Iterable[Mapping[str, Any]]) -> list[Cells]:
    """Rows of a sheet, completed by the assumptions named `Sheet.key.column`, their sources and reasoning."""
    complete = []
    for row in rows:
        prefix = f"{sheet.sheet}.{'/'.join(str(row[key]) for key in sheet.keys)}."
        names = [name for name in assumptions() if name.startswith(prefix)]
        cells = {**row, **{name.removeprefix(prefix): assumptions()[name]["value"] for name in names}}
        cells["source"] = sources(row.get("source", ""), *names)
        cells["note"] = joined(
            [row.get("note", ""), *(reasoning(name.removeprefix(prefix), name) for name in names)], "; "
        )
        cells.setdefault("status", "assumption" if names else "policy")
        complete.append(typed(cells, sheet))
    return complete
