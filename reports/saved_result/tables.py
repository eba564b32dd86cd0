"""The tables of a saved result: how mappings and rows of records become lines of CSV, and come out of them again.

What a line looks like follows from declared types. A mapping inside the records of a table is a table beside it, such
as `designs.inputs.csv` beside `designs.csv`.
"""

import csv
import io
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import Field, dataclass
from typing import Any, get_args, get_origin

from reports.saved_result.values import Form, Unreadable, form_of, has_default, made, typed_fields

VALUE = "value"
"""Name of the column of a mapping's numbers."""

KEYS: Mapping[str, tuple[str, ...]] = {
    "provinces": ("province",),
    "counties": ("county",),
    "goods": ("good",),
    "scales": ("scale",),
    "designs": ("design",),
    "designs.inputs": ("input",),
    "designs.yearly_utilisation": ("year",),
    "materials": ("material",),
    "inputs": ("input",),
    "items": ("item",),
    "items.materials": ("material",),
    "options": ("county", "design"),
    "options.materials": ("material",),
    "demand": ("county", "good", "year"),
    "lanes": ("origin", "destination", "good"),
    "existing": ("county", "good"),
    "input_supply": ("county", "input"),
    "local_material": ("county", "material"),
    "decided": ("county",),
    "picks": ("year",),
    "central_funds": ("year",),
    "central_labour": ("year",),
    "central_material": ("material", "year"),
    "import_currency": ("year",),
    "purses": ("county", "year"),
    "national_remittance": ("year",),
    "modernisations": ("year",),
    "built": ("county", "design", "year"),
}
"""Names of the parts of a mapping's key, where its field does not say them; without an entry: `key` or `key_1`, ..."""

Line = Sequence[str]
Lines = Iterable[Line]
Members = Mapping[str, str]


@dataclass(frozen=True)
class Column:
    """A column of a table: its name, how its values are written, and the field that it comes from, if any."""

    name: str
    form: Form
    field: Field[Any] | None = None

    @property
    def required(self) -> bool:
        """Whether a table without the column cannot be read."""
        return self.field is None or not has_default(self.field)


class Table(ABC):
    """A field that is a table, and those beside it. `columns` are those of the table itself."""

    columns: tuple[Column, ...]
    beside: Mapping[str, tuple[Column, ...]]

    @abstractmethod
    def write(self, value: Any) -> Iterator[tuple[str, Lines]]:
        """Pairs of a part that is added to the field's name, such as `.inputs`, and the lines of the table."""

    @abstractmethod
    def read(self, table_at: Callable[[str], "ReadTable | None"]) -> Any:
        """The value, from the table of each part; None: the file has none. Raises `Unreadable`."""


class Records(Table):
    """Records in a row, a line each."""

    def __init__(self, kind: type) -> None:
        self._kind = kind
        self.columns = tuple(Column(entry.name, form_of(hint), entry) for entry, hint in typed_fields(kind))
        self.beside = {}

    def write(self, value: Any) -> Iterator[tuple[str, Lines]]:
        """One table."""
        yield "", ([column.form.cell(getattr(record, column.name)) for column in self.columns] for record in value)

    def read(self, table_at: Callable[[str], "ReadTable | None"]) -> Any:
        """A tuple of records."""
        table = _present(table_at(""))
        return tuple(made(self._kind, known) for known in table.rows(self.columns))


class Numbers(Table):
    """A mapping to single values, a line each: the parts of the key, then the value."""

    def __init__(self, key: "Key", form: Form) -> None:
        self._key = key
        self.columns = (*key.columns, Column(VALUE, form))
        self.beside = {}

    def write(self, value: Any) -> Iterator[tuple[str, Lines]]:
        """One table."""
        form = self.columns[-1].form
        yield "", ([*self._key.cells(key), form.cell(entry)] for key, entry in value.items())

    def read(self, table_at: Callable[[str], "ReadTable | None"]) -> Any:
        """A dictionary, in the order of the lines."""
        return self.of(_present(table_at("")))

    def of(self, table: "ReadTable") -> dict[Any, Any]:
        """The dictionary of one table."""
        return _distinct(
            table.name,
            ((self._key.of_cells(tuple(known.values())[:-1]), known[VALUE]) for known in table.rows(self.columns)),
        )


class RecordsByKey(Table):
    """A mapping to records, a line each: the parts of the key, then the fields. A field that is a mapping itself is a
    table beside it."""

    def __init__(self, key: "Key", kind: type, name: str) -> None:
        self._key, self._kind = key, kind
        own: list[Column] = []
        self._inside: dict[str, tuple[Numbers, Field[Any]]] = {}
        for entry, hint in typed_fields(kind):
            if get_origin(hint) is Mapping:
                part, amount = get_args(hint)
                inner = Key([*key.columns, *Key.of(part, key_names(entry, f"{name}.{entry.name}", part)).columns])
                self._inside[entry.name] = Numbers(inner, form_of(amount)), entry
            else:
                own.append(Column(entry.name, form_of(hint), entry))
        self._own = tuple(own)
        self.columns = (*key.columns, *own)
        names = [column.name for column in self.columns]
        if len(set(names)) < len(names):
            raise TypeError(f"{kind.__name__} has a field with the name of a part of its key: {names}")
        self.beside = {f".{name}": numbers.columns for name, (numbers, _) in self._inside.items()}

    def write(self, value: Any) -> Iterator[tuple[str, Lines]]:
        """The table and those beside it."""
        lines = (
            [*self._key.cells(key), *(column.form.cell(getattr(record, column.name)) for column in self._own)]
            for key, record in value.items()
        )
        yield "", lines
        for name, (numbers, _) in self._inside.items():
            flat = {
                (*self._key.parts(key), part): amount
                for key, record in value.items()
                for part, amount in getattr(record, name).items()
            }
            yield from ((f".{name}", lines) for _, lines in numbers.write(flat))

    def read(self, table_at: Callable[[str], "ReadTable | None"]) -> Any:
        """A dictionary, in the order of the lines."""
        table = _present(table_at(""))
        width = len(self._key.columns)
        keyed = _distinct(
            table.name,
            (
                (self._key.of_cells(tuple(known.values())[:width]), dict(list(known.items())[width:]))
                for known in table.rows(self.columns)
            ),
        )
        for name, (numbers, entry) in self._inside.items():
            beside = table_at(f".{name}")
            if beside is None:
                if not has_default(entry):
                    raise Unreadable(f"its table {name} is missing")
                continue
            for fields_of in keyed.values():
                fields_of[name] = {}
            for parts, amount in numbers.of(beside).items():
                key = self._key.of_cells(parts[:-1])
                if key not in keyed:
                    raise Unreadable(f"{beside.name}: there is no {key!r}")
                keyed[key][name][parts[-1]] = amount
        return {key: made(self._kind, fields_of) for key, fields_of in keyed.items()}


class Key:
    """The key of a mapping, as columns: one where it is a single value, one for each part where it is a tuple."""

    def __init__(self, columns: Sequence[Column], single: bool = False) -> None:
        self.columns = tuple(columns)
        self._single = single

    @classmethod
    def of(cls, hint: Any, names: Sequence[str]) -> "Key":
        """The key of a type."""
        parts = get_args(hint) if get_origin(hint) is tuple else (hint,)
        columns = [Column(name, form_of(part)) for name, part in zip(names, parts, strict=True)]
        return cls(columns, get_origin(hint) is not tuple)

    def parts(self, key: Any) -> tuple[Any, ...]:
        """The parts of a key."""
        return (key,) if self._single else tuple(key)

    def cells(self, key: Any) -> list[str]:
        """The cells of a key."""
        return [column.form.cell(part) for column, part in zip(self.columns, self.parts(key), strict=True)]

    def of_cells(self, parts: tuple[Any, ...]) -> Any:
        """The key of values read from its cells."""
        return parts[0] if self._single else parts


@dataclass(frozen=True)
class ReadTable:
    """A CSV member that has been read: its name, heading and lines."""

    name: str
    heading: Sequence[str]
    lines: Sequence[tuple[int, Sequence[str]]]

    def rows(self, columns: Sequence[Column]) -> Iterator[dict[str, Any]]:
        """Each line's values by column; columns that may be left out and are, are left out. Raises `Unreadable`."""
        lacking = [column.name for column in columns if column.required and column.name not in self.heading]
        if lacking:
            raise Unreadable(f"{self.name}: there is no column {', '.join(lacking)}")
        places = [(column, self.heading.index(column.name)) for column in columns if column.name in self.heading]
        for number, line in self.lines:
            found = {}
            for column, place in places:
                try:
                    found[column.name] = column.form.of_cell(line[place])
                except Unreadable as wrong:
                    raise Unreadable(f"{self.name}, line {number}, {column.name}: {wrong}") from None
            yield found


def key_names(entry: Field[Any], name: str, hint: Any) -> tuple[str, ...]:
    """Names of the parts of a mapping's key: the field's own, or those of `KEYS`."""
    known: tuple[str, ...] | None = entry.metadata.get("index", KEYS.get(name))
    if known is not None:
        return known
    count = len(get_args(hint)) if get_origin(hint) is tuple else 1
    return ("key",) if count == 1 else tuple(f"key_{number}" for number in range(1, count + 1))


def csv_text(heading: Sequence[str], lines: Lines) -> str:
    """A table as CSV: a heading and its lines."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)  # lines end as RFC 4180 has it, which makes the writer quote either half of that
    writer.writerow(heading)
    writer.writerows(lines)
    return text.getvalue()


def read_table(members: Members, path: str, part: str) -> ReadTable | None:
    """The table of a part of the field at `path`, or None when there is none."""
    name = f"{path}{part}.csv"
    if name not in members:
        return None
    reader = csv.reader(io.StringIO(members[name], newline=""), strict=True)
    try:
        heading = next(reader, [])
        lines = [(reader.line_num, line) for line in reader]
    except csv.Error as error:
        raise Unreadable(f"{name}, line {reader.line_num}: {error}") from None
    for number, line in lines:
        if len(line) != len(heading):
            raise Unreadable(f"{name}, line {number}: there are {len(line)} cells under {len(heading)} headings")
    return ReadTable(name, heading, lines)


def _present(table: ReadTable | None) -> ReadTable:
    if table is None:
        raise Unreadable("a table is missing")
    return table


def _distinct(name: str, pairs: Iterable[tuple[Any, Any]]) -> dict[Any, Any]:
    """The pairs as a dictionary. Raises `Unreadable` when a key is there twice."""
    found: dict[Any, Any] = {}
    for key, value in pairs:
        if key in found:
            raise Unreadable(f"{name}: {key!r} is there twice")
        found[key] = value
    return found
