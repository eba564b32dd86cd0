"""What differs between two problems, figure by figure, under the names that a saved result gives them.

A saved result has the problem that was solved, not the workbook that it came from: demand for people times norm, lanes
for distances, options for designs. Nothing here knows single fields, so that a new one is compared as soon as it is.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from models.instance import Instance
from reports.background import Background
from reports.diff import A, B, ChangedValue, Concerns, OnlyRow, text_of

SINGLE = "instance"
"""Stands for the sheet of figures that are in no table, as title and discount rate."""

VALUE = "value"
"""The column of a table that has one figure a line."""

NAMES = ("name", "local_name", "title")
NOT_COMPARED = ("variant",)
"""Fields that only say which of the two it is."""

SOURCES = "Sources"
ASSUMED = "assumed, without a note"

ITSELF = "code"
"""A field that is the row's key once more."""


def problem_differences(
    one: Instance, other: Instance
) -> tuple[tuple[ChangedValue, ...], tuple[OnlyRow, ...], tuple[str, ...]]:
    """Figures that differ, rows that only one has, and tables whose common rows stand in another order."""
    values: list[ChangedValue] = []
    rows: list[OnlyRow] = []
    reordered = []
    for entry in fields(Instance):
        before, after = getattr(one, entry.name), getattr(other, entry.name)
        if entry.name in NOT_COMPARED:
            continue
        if isinstance(before, Mapping):
            values += _of_table(entry.name, before, after)
            rows += [_only(entry.name, key, before[key], A) for key in before if key not in after]
            rows += [_only(entry.name, key, after[key], B) for key in after if key not in before]
            if [key for key in before if key in after] != [key for key in after if key in before]:
                reordered.append(entry.name)
        elif is_dataclass(before):
            values += _of_record(entry.name, "", before, after)
        elif before != after:
            values.append(ChangedValue(SINGLE, "", entry.name, before, after, concerns=_concerns(entry.name)))
    return tuple(values), tuple(rows), tuple(reordered)


def said_differences(one: Background, other: Background) -> Iterator[ChangedValue]:
    """Assumptions and sources, as the workbooks had them, that are not the same or that only one has."""
    for sheet_of, column, before, after in (
        (None, "note", _assumed(one), _assumed(other)),
        (SOURCES, "title, attribution", _sources(one), _sources(other)),
    ):
        for place in dict.fromkeys((*before, *after)):
            if before.get(place) != after.get(place):
                sheet, key = place
                yield ChangedValue(
                    sheet_of or sheet, key, column, before.get(place), after.get(place), concerns="words"
                )


def _assumed(background: Background) -> Mapping[tuple[str, str], str]:
    return {(sheet, key): note or ASSUMED for sheet, key, note in background.assumptions}


def _sources(background: Background) -> Mapping[tuple[str, str], str]:
    return {(SOURCES, code): ", ".join(filter(None, rest)) for code, *rest in background.sources}


def _of_table(name: str, before: Mapping[Any, Any], after: Mapping[Any, Any]) -> Iterator[ChangedValue]:
    for key, value in before.items():
        if key not in after or value == after[key]:
            continue
        if is_dataclass(value):
            yield from _of_record(name, _key(key), value, after[key])
        else:
            yield ChangedValue(name, _key(key), VALUE, value, after[key])


def _of_record(name: str, key: str, before: Any, after: Any) -> Iterator[ChangedValue]:
    for column, value, other in _columns(before, after):
        if value != other:
            yield ChangedValue(name, key, column, value, other, concerns=_concerns(column))


def _columns(before: Any, after: Any) -> Iterator[tuple[str, object, object]]:
    """Names and both values of a record's figures; a mapping inside has one for each of its keys."""
    for entry in fields(before):
        value, other = getattr(before, entry.name), getattr(after, entry.name)
        if isinstance(value, Mapping):
            for part in dict.fromkeys((*value, *other)):
                yield f"{entry.name}.{_key(part)}", value.get(part), other.get(part)
        else:
            yield entry.name, value, other


def _only(name: str, key: Any, value: Any, letter: str) -> OnlyRow:
    if is_dataclass(value):
        told = (
            f"{column} = {text_of(found)}"
            for column, found, _ in _columns(value, value)
            if column != ITSELF and found not in (None, "")
        )
        return OnlyRow(name, _key(key), letter, "", ", ".join(told))
    return OnlyRow(name, _key(key), letter, "", f"{VALUE} = {text_of(value)}")


def _key(key: Any) -> str:
    return "/".join(str(part) for part in key) if isinstance(key, tuple) else str(key)


def _concerns(column: str) -> Concerns:
    return "words" if column in NAMES else "plan"
