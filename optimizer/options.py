"""How a problem is to be solved: the solver and where it may stop."""

import math
from dataclasses import dataclass, fields
from typing import Any

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


def options_from(
    settings: Settings,
    *,
    gap: float | None = None,
    time_limit: float | None = None,
    threads: int | None = None,
    seed: int | None = None,
    solver: str | None = None,
) -> SolveOptions:
    """The options of the settings, each replaced by the argument of its name where that is not None.

    Raises `InvalidOption`, a ValueError, for a value out of bounds.
    """
    return SolveOptions(
        gap=settings.gap if gap is None else gap,
        time_limit=settings.time_limit if time_limit is None else time_limit,
        threads=settings.threads if threads is None else threads,
        seed=settings.seed if seed is None else seed,
        solver=settings.solver if solver is None else solver,
    )


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
