"""A key figure of the summary, and the units that only the summary has."""

from dataclasses import dataclass

from reports.columns import Unit


@dataclass(frozen=True, slots=True)
class Fact:
    """A key figure: in which part of the summary, what, how much, and a remark."""

    section: str
    figure: str
    value: float | str | None
    unit: Unit
    detail: str = ""


FINE_SHARE = Unit("share", "0.00%")
SECONDS = Unit("s", "#,##0.0")
YEARS = Unit("years", "#,##0")


def percent(value: float | None) -> str:
    """A share in words: `12.5%`, or `none` where there is nothing to take a share of."""
    return "none" if value is None else f"{value:.1%}"
