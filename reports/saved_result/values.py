"""How one value is written in a saved result and read again, by its declared type.

Two forms: a plain one, for JSON, and a cell, for CSV. Numbers keep every digit; a number without limit is `inf`, yes
and no are `true` and `false`, and nothing is an empty cell or `null`. What has no form of its own as a cell is there in
JSON.
"""

import json
import math
import types
from abc import ABC, abstractmethod
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints


class Unreadable(ValueError):
    """A value is not what its type says; the message is a part of a sentence."""


class Form(ABC):
    """How values of one type are written."""

    @abstractmethod
    def plain(self, value: Any, sparse: bool = False) -> Any:
        """The value as JSON has it; `sparse` leaves out fields of records that are at their default."""

    @abstractmethod
    def of_plain(self, plain: Any) -> Any:
        """The value again. Raises `Unreadable`."""

    def cell(self, value: Any) -> str:
        """The value as a cell of a CSV file has it."""
        return as_json(self.plain(value))

    def of_cell(self, text: str) -> Any:
        """The value again. Raises `Unreadable`."""
        return self.of_plain(parsed(text))


class Text(Form):
    """Text is as it is."""

    def plain(self, value: Any, sparse: bool = False) -> Any:
        """The text."""
        return str(value)

    def of_plain(self, plain: Any) -> Any:
        """The text."""
        if not isinstance(plain, str):
            raise Unreadable(f"{plain!r} is no text")
        return plain

    def cell(self, value: Any) -> str:
        """The text."""
        return str(value)

    def of_cell(self, text: str) -> Any:
        """The text."""
        return text


class Choice(Text):
    """One of some texts."""

    def __init__(self, allowed: Sequence[str]) -> None:
        self._allowed = allowed

    def of_plain(self, plain: Any) -> Any:
        """The text, if it is one of them."""
        if plain not in self._allowed:
            raise Unreadable(f"{plain!r} is none of {', '.join(self._allowed)}")
        return plain

    def of_cell(self, text: str) -> Any:
        """The text, if it is one of them."""
        return self.of_plain(text)


class Member(Form):
    """A member of an enumeration, by its name in lower case."""

    def __init__(self, enumeration: type[Enum]) -> None:
        self._by_name = {member.name.lower(): member for member in enumeration}

    def plain(self, value: Any, sparse: bool = False) -> Any:
        """The name."""
        return value.name.lower()

    def of_plain(self, plain: Any) -> Any:
        """The member of that name."""
        if not isinstance(plain, str) or plain not in self._by_name:
            raise Unreadable(f"{plain!r} is none of {', '.join(self._by_name)}")
        return self._by_name[plain]

    def cell(self, value: Any) -> str:
        """The name."""
        return str(value.name.lower())

    def of_cell(self, text: str) -> Any:
        """The member of that name."""
        return self.of_plain(text)


class YesNo(Form):
    """True or false."""

    def plain(self, value: Any, sparse: bool = False) -> Any:
        """The truth value."""
        return bool(value)

    def of_plain(self, plain: Any) -> Any:
        """The truth value."""
        if not isinstance(plain, bool):
            raise Unreadable(f"{plain!r} is neither true nor false")
        return plain


class Whole(Form):
    """A whole number."""

    def plain(self, value: Any, sparse: bool = False) -> Any:
        """The number. Raises ValueError for one that is not whole."""
        number = int(value)
        if number != value:
            raise ValueError(f"{value!r} is no whole number")
        return number

    def of_plain(self, plain: Any) -> Any:
        """The number."""
        if not isinstance(plain, int) or isinstance(plain, bool):
            raise Unreadable(f"{plain!r} is no whole number")
        return plain

    def cell(self, value: Any) -> str:
        """The number's digits."""
        return str(self.plain(value))

    def of_cell(self, text: str) -> Any:
        """The number."""
        try:
            return int(text)
        except ValueError:
            raise Unreadable(f"{text!r} is no whole number") from None


class Number(Form):
    """A number with every digit that it has; JSON has no number without limit and gets a text."""

    def plain(self, value: Any, sparse: bool = False) -> Any:
        """The number, or `inf`, `-inf` or `nan`."""
        number = float(value) + 0.0  # zero has no sign
        return number if math.isfinite(number) else repr(number)

    def of_plain(self, plain: Any) -> Any:
        """The number."""
        if isinstance(plain, bool) or not isinstance(plain, int | float | str):
            raise Unreadable(f"{plain!r} is no number")
        return self.of_cell(plain) if isinstance(plain, str) else float(plain)

    def cell(self, value: Any) -> str:
        """The number's digits."""
        return repr(float(value) + 0.0)

    def of_cell(self, text: str) -> Any:
        """The number."""
        try:
            return float(text)
        except ValueError:
            raise Unreadable(f"{text!r} is no number") from None


class Optional(Form):
    """A value or nothing. Empty text, as a cell, is nothing."""

    def __init__(self, form: Form) -> None:
        self._form = form

    def plain(self, value: Any, sparse: bool = False) -> Any:
        """Null for nothing."""
        return None if value is None else self._form.plain(value, sparse)

    def of_plain(self, plain: Any) -> Any:
        """None for null."""
        return None if plain is None else self._form.of_plain(plain)

    def cell(self, value: Any) -> str:
        """Blank for nothing. Raises ValueError for empty text, which could not be told from it."""
        if value is None:
            return ""
        text = self._form.cell(value)
        if not text:
            raise ValueError("empty text cannot be told from nothing in a cell")
        return text

    def of_cell(self, text: str) -> Any:
        """None for a blank."""
        return self._form.of_cell(text) if text else None


class Part(Form):
    """A code or a year: a part of an index whose length and kinds differ from rule to rule."""

    def plain(self, value: Any, sparse: bool = False) -> Any:
        """The part."""
        return Text().plain(value) if isinstance(value, str) else Whole().plain(value)

    def of_plain(self, plain: Any) -> Any:
        """The part."""
        return plain if isinstance(plain, str) else Whole().of_plain(plain)


class Many(Form):
    """Any number of values of one type, in order."""

    def __init__(self, form: Form) -> None:
        self._form = form

    def plain(self, value: Any, sparse: bool = False) -> Any:
        """A list."""
        return [self._form.plain(entry, sparse) for entry in value]

    def of_plain(self, plain: Any) -> Any:
        """A tuple."""
        if not isinstance(plain, list):
            raise Unreadable(f"{plain!r} is no list")
        return tuple(self._form.of_plain(entry) for entry in plain)


class Together(Form):
    """A fixed number of values, each of its own type."""

    def __init__(self, forms: Sequence[Form]) -> None:
        self._forms = forms

    def plain(self, value: Any, sparse: bool = False) -> Any:
        """A list."""
        return [form.plain(entry, sparse) for form, entry in zip(self._forms, value, strict=True)]

    def of_plain(self, plain: Any) -> Any:
        """A tuple."""
        if not isinstance(plain, list) or len(plain) != len(self._forms):
            raise Unreadable(f"{plain!r} is no list of {len(self._forms)}")
        return tuple(form.of_plain(entry) for form, entry in zip(self._forms, plain, strict=True))


class Pairs(Form):
    """A mapping, in order: as an object where its keys are text, as a list of pairs where not."""

    def __init__(self, key: Form, value: Form) -> None:
        self._key, self._value = key, value

    def plain(self, value: Any, sparse: bool = False) -> Any:
        """An object, or a list of pairs."""
        pairs = [(self._key.plain(key), self._value.plain(entry, sparse)) for key, entry in value.items()]
        return dict(pairs) if isinstance(self._key, Text) else pairs

    def of_plain(self, plain: Any) -> Any:
        """A dictionary."""
        if isinstance(self._key, Text) and isinstance(plain, dict):
            pairs = list(plain.items())
        elif isinstance(plain, list) and all(isinstance(pair, list) and len(pair) == 2 for pair in plain):
            pairs = plain
        else:
            raise Unreadable(f"{plain!r} is no mapping")
        return {self._key.of_plain(key): self._value.of_plain(entry) for key, entry in pairs}


class Record(Form):
    """A dataclass, as an object with its fields."""

    def __init__(self, kind: type) -> None:
        self._kind = kind
        self._forms = [(entry.name, form_of(hint), entry) for entry, hint in typed_fields(kind)]
        self._sorted = sorted(self._forms, key=lambda form: form[0])

    def plain(self, value: Any, sparse: bool = False) -> Any:
        """An object; fields at their default left out, and the others in order of the alphabet, where sparse."""
        if not sparse:
            return {name: form.plain(getattr(value, name)) for name, form, _ in self._forms}
        return {
            name: form.plain(getattr(value, name), sparse)
            for name, form, entry in self._sorted
            if not (has_default(entry) and getattr(value, name) == default_of(entry))
        }

    def of_plain(self, plain: Any) -> Any:
        """The record; fields left out take their default, fields that are not known are ignored."""
        if not isinstance(plain, dict):
            raise Unreadable(f"{plain!r} is no record")
        given = {name: form.of_plain(plain[name]) for name, form, _ in self._forms if name in plain}
        return made(self._kind, given)


@cache
def form_of(hint: Any) -> Form:
    """The form of values of a type. Raises TypeError for a type that has none."""
    simple: dict[Any, Form] = {str: Text(), bool: YesNo(), int: Whole(), float: Number()}
    if isinstance(hint, Hashable) and hint in simple:
        return simple[hint]
    origin, inside = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        others = tuple(entry for entry in inside if entry is not types.NoneType)
        if len(others) == 1:
            return Optional(form_of(others[0]))
        if set(others) == {str, int} == set(inside):
            return Part()
    if origin is Literal and all(isinstance(entry, str) for entry in inside):
        return Choice(inside)
    if origin is tuple and inside[-1] is not Ellipsis:
        return Together([form_of(entry) for entry in inside])
    if origin in (tuple, Sequence):
        return Many(form_of(inside[0]))
    if origin is Mapping:
        return Pairs(form_of(inside[0]), form_of(inside[1]))
    if isinstance(hint, type) and issubclass(hint, Enum):
        return Member(hint)
    if is_dataclass(hint) and isinstance(hint, type):
        return Record(hint)
    raise TypeError(f"no way is known of saving {hint!r}")


@cache
def typed_fields(kind: Any) -> tuple[tuple[Field[Any], Any], ...]:
    """The fields of a dataclass, each with its declared type."""
    hints = get_type_hints(kind)
    return tuple((entry, hints[entry.name]) for entry in fields(kind))


def has_default(entry: Field[Any]) -> bool:
    """Whether a field may be left out."""
    return entry.default is not MISSING or entry.default_factory is not MISSING


def default_of(entry: Field[Any]) -> Any:
    """What a field is when it is left out."""
    return entry.default_factory() if entry.default_factory is not MISSING else entry.default


def made(kind: type, given: Mapping[str, Any]) -> Any:
    """A record of these fields. Raises `Unreadable` when one is missing that has no default."""
    missing = [entry.name for entry in fields(kind) if entry.name not in given and not has_default(entry)]
    if missing:
        raise Unreadable(f"{', '.join(missing)} is missing")
    return kind(**given)


def as_json(plain: Any, *, indent: int | None = None) -> str:
    """Plain values as JSON, the same text for the same values."""
    return json.dumps(plain, ensure_ascii=False, allow_nan=False, indent=indent)


def parsed(text: str) -> Any:
    """JSON read. Raises `Unreadable`."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise Unreadable(f"{text[:40]!r} is no JSON") from None
