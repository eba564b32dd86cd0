"""How a record becomes the members of a saved result, and comes out of them again, by its declared types.

A dataclass is a folder: each mapping and each row of records in it is a CSV file named after the field, a dataclass in
it that has such is a folder of its own, and everything else stands in one JSON file. A new field of a dataclass needs
nothing here.
"""

import types
from collections.abc import Iterator, Mapping
from dataclasses import Field, is_dataclass
from functools import cache, partial
from typing import Any, Union, get_args, get_origin

from reports.saved_result.tables import (
    Key,
    Members,
    Numbers,
    Records,
    RecordsByKey,
    Table,
    csv_text,
    key_names,
    read_table,
)
from reports.saved_result.values import Form, Unreadable, as_json, form_of, has_default, made, parsed, typed_fields


@cache
def table_of(entry: Field[Any], hint: Any) -> Table | None:
    """The table that a field is, or None when it is none."""
    hint = without_none(hint)
    origin, inside = get_origin(hint), get_args(hint)
    if origin is tuple and is_dataclass(inside[0]) and isinstance(inside[0], type):
        return Records(inside[0])
    if origin is Mapping and inside != (str, str):
        key = Key.of(inside[0], key_names(entry, entry.name, inside[0]))
        if is_dataclass(inside[1]) and isinstance(inside[1], type):
            return RecordsByKey(key, inside[1], entry.name)
        return Numbers(key, form_of(inside[1]))
    return None


def folder_of(hint: Any) -> type | None:
    """The dataclass that a field is, when it holds tables and so is a folder of its own."""
    kind = without_none(hint)
    if not (isinstance(kind, type) and is_dataclass(kind)):
        return None
    held = any(table_of(entry, inner) or folder_of(inner) for entry, inner in typed_fields(kind))
    return kind if held else None


def without_none(hint: Any) -> Any:
    """A type without the possibility of nothing."""
    if get_origin(hint) in (Union, types.UnionType):
        others = [entry for entry in get_args(hint) if entry is not types.NoneType]
        return others[0] if len(others) == 1 else hint
    return hint


def members_of(
    value: Any, name: str, folder: str = "", first: Mapping[str, Any] | None = None
) -> Iterator[tuple[str, str]]:
    """The members, as pairs of name and text, of a dataclass whose single values go to `name`.json.

    `first` is put before them.
    """
    single = dict(first or {})
    for entry, hint in typed_fields(value.__class__):
        content, table, inner = getattr(value, entry.name), table_of(entry, hint), folder_of(hint)
        if table is None and inner is None:
            single[entry.name] = form_of(hint).plain(content)
        elif content is None:
            continue
        elif table is not None:
            for part, lines in table.write(content):
                columns = table.beside[part] if part else table.columns
                yield f"{folder}{entry.name}{part}.csv", csv_text([column.name for column in columns], lines)
        else:
            yield from members_of(content, entry.name, f"{folder}{entry.name}/")
    if single:
        yield f"{folder}{name}.json", as_json(single, indent=2) + "\n"


def value_of(kind: type, members: Members, name: str, folder: str = "") -> Any:
    """The dataclass that `members_of` wrote. Members, columns and entries that are not known are ignored.

    What the members do not have takes its default. Raises `Unreadable`.
    """
    member = f"{folder}{name}.json"
    single = parsed_member(members, member) if member in members else {}
    found: dict[str, Any] = {}
    for entry, hint in typed_fields(kind):
        path, table, inner = f"{folder}{entry.name}", table_of(entry, hint), folder_of(hint)
        if table is None and inner is None:
            if entry.name in single:
                found[entry.name] = _single_value(member, entry.name, form_of(hint), single[entry.name])
        elif table is not None and f"{path}.csv" in members:
            found[entry.name] = table.read(partial(read_table, members, path))
        elif inner is not None and any(other.startswith(f"{path}/") for other in members):
            found[entry.name] = value_of(inner, members, entry.name, f"{path}/")
        elif "index" in entry.metadata:
            found[entry.name] = {}  # a variable that the program which wrote the file did not have is zero
        elif without_none(hint) is not hint and not has_default(entry):
            found[entry.name] = None
    try:
        return made(kind, found)
    except Unreadable as wrong:
        raise Unreadable(f"{folder or member}: {wrong}") from None


def parsed_member(members: Members, member: str) -> Mapping[str, Any]:
    """The object in a JSON member. Raises `Unreadable`."""
    try:
        found = parsed(members[member])
    except Unreadable as wrong:
        raise Unreadable(f"{member}: {wrong}") from None
    if not isinstance(found, dict):
        raise Unreadable(f"{member}: it has no names and values")
    return found


def _single_value(member: str, name: str, form: Form, plain: Any) -> Any:
    try:
        return form.of_plain(plain)
    except Unreadable as wrong:
        raise Unreadable(f"{member}, {name}: {wrong}") from None
