"""What the sheet types say about each column, in a form that reader, template and manual share."""

import types
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from inputs.declaration import code_source, unit_of
from inputs.settings import Settings
from inputs.sheets import SHEETS, Row

Kind = Literal["whole", "number", "text", "code", "choice", "any"]

PROVENANCE = ("status", "source", "note")
"""Columns that every sheet may carry; they come last."""

DOCUMENTARY = ("unit", "allowed", "meaning")
"""Columns that the template writes for the reader's eye; the program ignores them."""

SHEET_TYPES: dict[str, type[Row]] = {sheet.sheet: sheet for sheet in SHEETS}
"""The sheet types by sheet name."""

CODE_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9_-]*\Z"
CODE_LENGTH = 40


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet, or a setting.

    `required`: it must be there and no cell may be blank. `key`: part of the sheet's key.
    `code_of`: the sheet its codes come from. Bounds are None where there is none.
    """

    name: str
    kind: Kind
    meaning: str
    unit: str
    required: bool
    default: Any
    key: bool
    choices: tuple[str, ...]
    code_of: str | None
    at_least: float | None
    above: float | None
    at_most: float | None

    @property
    def numeric(self) -> bool:
        """Whether its cells hold numbers."""
        return self.kind in ("whole", "number")

    @property
    def defines_code(self) -> bool:
        """Whether its cells make new codes, rather than name those of another sheet."""
        return self.kind == "code" and self.code_of is None and self.key

    @property
    def bounds(self) -> str:
        """The bounds in words, such as `from 0 to 1`; empty when there are none."""
        if self.at_least is not None and self.at_most is not None:
            return f"from {plain(self.at_least)} to {plain(self.at_most)}"
        low = f"at least {plain(self.at_least)}" if self.at_least is not None else ""
        low = f"above {plain(self.above)}" if self.above is not None else low
        high = f"at most {plain(self.at_most)}" if self.at_most is not None else ""
        return " and ".join(part for part in (low, high) if part)

    @property
    def allowed(self) -> str:
        """What its cells may hold, in words."""
        if self.kind == "choice":
            return "one of " + ", ".join(self.choices)
        if self.numeric:
            noun = "a whole number" if self.kind == "whole" else "a number"
            return f"{noun} {self.bounds}".rstrip()
        if self.kind == "code":
            return f"a code of {self.code_of}" if self.code_of else "a code of letters, digits, - and _"
        return "text" if self.kind == "text" else "text or a number"

    @property
    def default_text(self) -> str:
        """The default as documentation shows it."""
        if self.required:
            return "required"
        if isinstance(self.default, int | float):
            return plain(self.default)
        return self.default or "blank"


def plain(number: float) -> str:
    """A number as people type it: no trailing `.0`, no exponent where digits do."""
    return str(int(number)) if float(number).is_integer() and abs(number) < 1e15 else repr(float(number))


@cache
def columns_of(model: type[BaseModel]) -> dict[str, Column]:
    """The columns of a sheet type (or the settings) in the order of the template: its own, then provenance."""
    keys = model.keys if issubclass(model, Row) else ()
    names = sorted(model.model_fields, key=lambda name: name in PROVENANCE)
    return {name: _column(name, model.model_fields[name], name in keys) for name in names}


def setting_columns() -> dict[str, Column]:
    """The settings, each described like a column."""
    return columns_of(Settings)


def _column(name: str, field: FieldInfo, key: bool) -> Column:
    types_allowed = _alternatives(field.annotation)
    choices: tuple[str, ...] = ()
    kind: Kind
    if get_origin(types_allowed[0]) is Literal:
        kind, choices = "choice", get_args(types_allowed[0])
    elif str in types_allowed and float in types_allowed:
        kind = "any"
    elif types_allowed[0] is float:
        kind = "number"
    elif types_allowed[0] is int:
        kind = "whole"
    else:
        kind = "code" if _is_code(field) else "text"
    return Column(
        name=name,
        kind=kind,
        meaning=field.description or "",
        unit=unit_of(field),
        required=field.is_required(),
        default=None if field.is_required() else field.default,
        key=key,
        choices=choices,
        code_of=code_source(field),
        at_least=_bound(field, "ge"),
        above=_bound(field, "gt"),
        at_most=_bound(field, "le"),
    )


def _bound(field: FieldInfo, name: str) -> float | None:
    found = (getattr(item, name, None) for item in field.metadata)
    return next((float(bound) for bound in found if bound is not None), None)


def _alternatives(annotation: Any) -> tuple[Any, ...]:
    """The types that a field may have, besides None."""
    if get_origin(annotation) in (Union, types.UnionType):
        return tuple(found for part in get_args(annotation) for found in _alternatives(part) if found is not type(None))
    if get_origin(annotation) is Annotated:
        return _alternatives(get_args(annotation)[0])
    return (annotation,)


def _is_code(field: FieldInfo) -> bool:
    """`Code` is the only text type with constraints; pydantic moves them to the field unless it may be None."""
    if any(get_origin(part) is Annotated for part in get_args(field.annotation)):
        return True
    return any(getattr(item, "pattern", None) is not None for item in field.metadata)
