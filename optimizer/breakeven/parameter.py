"""What is varied in a search for break-even: a short name, or any value of a workbook."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isfinite

from inputs.columns import SHEET_TYPES, columns_of, setting_columns
from inputs.header import normal
from inputs.located import rows_of
from inputs.sheets import Good, Setting
from inputs.workbook import Workbook
from optimizer.options import InvalidOption

FREIGHT, EXPONENT, UTILISATION = "freight", "exponent", "utilisation"

Overrides = Callable[[str, float], Sequence[str]]


@dataclass(frozen=True)
class Parameter:
    """A value to be varied.

    `name` as it was given; `meaning` and `unit` for readers; `now` is its value in the workbook, None where it has
    none of its own; `start` and `end` are the range that is looked at unless another is given, None where none
    suggests itself. `overrides` has, for a variant and a value, what puts it into the workbook.
    """

    name: str
    meaning: str
    unit: str
    now: float | None
    start: float | None
    end: float | None
    overrides: Overrides


def parameter_of(name: str, workbook: Workbook, variant: str, overrides: Sequence[str] = ()) -> Parameter:
    """The parameter of a short name (`freight`, `exponent`, `utilisation`) or of `Sheet.key.column`.

    `overrides` are those of the run, over which the parameter's own go; `variant` is the one whose present value
    counts. Raises `InvalidOption` for a name of another form or of a column without numbers, and `InvalidWorkbook` as
    `Workbook.instance` does.
    """
    settings = workbook.settings_of(variant, overrides)
    if name == FREIGHT:
        rate = settings.freight_rate
        return Parameter(
            name,
            "cost of carrying a tonne one kilometre (Settings, freight_rate)",
            f"{settings.currency}/t/km",
            rate,
            0.0,
            4 * rate if rate > 0 else None,
            lambda code, value: [f"Settings.freight_rate.value={value!r}"],
        )
    if name == EXPONENT:
        own = [row.record.good for row in rows_of(workbook.rows, Good) if row.record.investment_exponent is not None]
        return Parameter(
            name,
            "scale exponent of investment (Settings, investment_exponent; Goods, where a good has its own)",
            "",
            None if own else settings.investment_exponent,
            0.3,
            1.0,
            lambda code, value: [
                f"Settings.investment_exponent.value={value!r}",
                *(f"Goods.{good}.investment_exponent={value!r}" for good in own),
            ],
        )
    if name == UTILISATION:
        return Parameter(
            name,
            "what the utilisation of every design is multiplied with (Designs and Utilisation; 1 at most in all)",
            "times",
            1.0,
            0.5,
            1.5,
            lambda code, value: _utilisation(workbook, code, overrides, value),
        )
    target = name.strip()
    sheet, _, rest = target.partition(".")
    key, _, column = rest.rpartition(".")
    if not (sheet and key and column) or "=" in target:
        raise InvalidOption(
            "vary", f"vary should be {FREIGHT}, {EXPONENT}, {UTILISATION} or Sheet.key.column, found '{name}'"
        )
    _require_number(sheet.strip(), key.strip(), column.strip())
    return Parameter(
        target, f"{sheet}, {key}, {column}", "", None, None, None, lambda code, value: [f"{target}={value!r}"]
    )


def _require_number(sheet: str, key: str, column: str) -> None:
    """Raises `InvalidOption` for a column that takes no broken numbers, naming those of its sheet that do.

    A sheet, row or column that there is not is told where it is looked for.
    """
    kind = next((kind for name, kind in SHEET_TYPES.items() if _alike(name, sheet)), None)
    if kind is None:
        return
    known = setting_columns() if kind is Setting else columns_of(kind)
    wanted = key if kind is Setting else kind.wide_by_year if kind.wide_by_year and column.isdecimal() else column
    found = next((entry for name, entry in known.items() if _alike(name, wanted)), None)
    if found is None or found.kind in ("number", "any"):
        return
    numbers = ", ".join(name for name, entry in known.items() if entry.kind == "number")
    what = "setting" if kind is Setting else "column"
    holds = "whole numbers only" if found.kind == "whole" else "no numbers"
    raise InvalidOption(
        "vary",
        f"vary should name a {what} of numbers; {found.name} of {kind.sheet} has {holds}"
        + (
            f" ({kind.sheet} has numbers in {numbers})" if numbers else f", and no other column of {kind.sheet} has any"
        ),
    )


def _alike(one: str, other: str) -> bool:
    return normal(one).replace("_", "") == normal(other).replace("_", "")


def span_of(parameter: Parameter, start: float | None, end: float | None) -> tuple[float, float]:
    """The range that is looked at. Raises `InvalidOption` where it is not known or has no extent."""
    first = parameter.start if start is None else start
    last = parameter.end if end is None else end
    if first is None:
        raise InvalidOption("from", f"from should be given with --vary {parameter.name}")
    if last is None:
        raise InvalidOption("to", f"to should be given with --vary {parameter.name}")
    for name, value in (("from", first), ("to", last)):
        if not isfinite(value):
            raise InvalidOption(name, f"{name} should be a number with a limit, found {value:g}")
    if not first < last:
        raise InvalidOption("to", f"to should be above --from ({first:g}), found {last:g}")
    return float(first), float(last)


def _utilisation(workbook: Workbook, variant: str, overrides: Sequence[str], factor: float) -> list[str]:
    """Every utilisation of the variant's designs times a factor, 1 at most."""
    found = []
    for code, design in workbook.instance(variant, overrides).designs.items():
        found.append(f"Designs.{code}.utilisation={min(1.0, design.utilisation * factor)!r}")
        for year, share in design.yearly_utilisation.items():
            found.append(f"Utilisation.{code}.{year}={min(1.0, share * factor)!r}")
    return found
