"""How a problem is to be solved: the solver and where it may stop."""

import math
from dataclasses import dataclass, fields
from typing import Any, TypedDict, Unpack

from inputs.columns import setting_columns
from inputs.settings import Settings


class InvalidOption(ValueError):
    """An option has a value that it does not allow; `name` is the option's."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name


@dataclass(frozen=True, slots=True)
class SolveOptions:
    """How to solve; the fields are named, bounded and measured as in the sheet Settings.

    Raises `InvalidOption`, a ValueError, for a value out of bounds.
    """

    gap: float
    time_limit: float
    threads: int
    seed: int
    solver: str

    def __post_init__(self) -> None:
        for field in fields(self):
            _check(field.name, getattr(self, field.name))


class AskedOptions(TypedDict, total=False):
    """Options that a caller may name, as of `SolveOptions`; each that is left out or None is as in the settings."""

    gap: float | None
    time_limit: float | None
    threads: int | None
    seed: int | None
    solver: str | None


def options_from(settings: Settings, **asked: Unpack[AskedOptions]) -> SolveOptions:
    """The options of the settings, each replaced by the argument of its name where that is not None.

    Raises `InvalidOption`, a ValueError, for a value out of bounds.
    """
    found: dict[str, Any] = {field.name: getattr(settings, field.name) for field in fields(SolveOptions)}
    found.update((name, value) for name, value in asked.items() if value is not None)
    return SolveOptions(**found)


def _check(name: str, value: Any) -> None:
    column = setting_columns()[name]
    if column.kind == "text":
        valid = isinstance(value, str) and bool(value.strip())
        allowed = "the name of a solver"
    else:
        kinds = int if column.kind == "whole" else (int, float)
        valid = isinstance(value, kinds) and not isinstance(value, bool) and math.isfinite(value)
        valid = valid and (column.at_least is None or value >= column.at_least)
        valid = valid and (column.above is None or value > column.above)
        valid = valid and (column.at_most is None or value <= column.at_most)
        allowed = column.allowed
    if not valid:
        raise InvalidOption(name, f"{name} should be {allowed}, found {value!r}")
