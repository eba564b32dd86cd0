"""What every chart declares: what it shows, how to read it, which tables it is drawn from, and how it is drawn."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pandas import DataFrame

from models.instance import Instance
from models.plan import Plan, Result
from reports.charts.style import Style
from reports.columns import plan_of


@dataclass(frozen=True)
class Told:
    """A run with its tables by name, from which every figure of a report is taken."""

    instance: Instance
    result: Result
    tables: Mapping[str, DataFrame]

    @property
    def plan(self) -> Plan:
        """The plan of the run; raises `ValueError` where it has none."""
        return plan_of(self.result)


@dataclass(frozen=True)
class Layout:
    """Room for a drawing, in pixels, and the size of its letters."""

    width: int
    letters: int

    @property
    def narrow(self) -> bool:
        """Whether this is the room of a telephone."""
        return self.width < 500

    def columns(self, least: int) -> int:
        """How many panels of at least this width fit side by side."""
        return max(1, self.width // least)

    def panel(self, across: int) -> int:
        """Width of the drawing in each of so many panels with axes side by side."""
        return self.width // across - AXIS - SPACING


AXIS = 58
"""Room that the axis of a panel takes beside it, in pixels."""
SPACING = 22
"""Room between panels, in pixels."""

WIDE = Layout(width=900, letters=12)
"""A page on a screen or on paper, and files."""
NARROW = Layout(width=340, letters=11)
"""A telephone."""

Drawing = Any
"""A chart of Altair: one view, layers, or panels."""


@dataclass(frozen=True)
class Picture:
    """A chart, not yet drawn.

    `title` says what is shown and in which unit, `reading` how to read it and what it shows in this run; `tables` are
    the titles of the tables that it is drawn from.
    """

    title: str
    reading: str
    tables: tuple[str, ...]
    draw: Callable[[Style, Layout], Drawing]


def records(table: DataFrame) -> list[dict[str, Any]]:
    """The rows of a table by name of column."""
    names = [str(name) for name in table.columns]
    return [dict(zip(names, values, strict=True)) for values in table.itertuples(index=False, name=None)]


def unique_names(names: Mapping[str, str]) -> dict[str, str]:
    """Names by code; where several codes have the same name, or none, the code is added."""
    taken = list(names.values())
    return {
        code: name if name and taken.count(name) == 1 else f"{name} ({code})".strip() for code, name in names.items()
    }


def good_names(instance: Instance) -> dict[str, str]:
    """Names of goods by code, no two alike."""
    return unique_names({code: good.name for code, good in instance.goods.items()})


def province_names(instance: Instance) -> dict[str, str]:
    """Names of provinces by code, no two alike."""
    return unique_names({code: province.name for code, province in instance.provinces.items()})


def scale_names(instance: Instance) -> dict[str, str]:
    """Names of scales by code, no two alike."""
    return unique_names({code: scale.name for code, scale in instance.scales.items()})


def listed(words: Iterable[str]) -> str:
    """Words as a list in a sentence: `a`, `a and b`, `a, b and c`."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def money(instance: Instance) -> str:
    """The currency of a problem in words."""
    return instance.currency or "money"


def percent(part: float) -> str:
    """A share in a sentence, as `12 %`, kept on one line; one that is neither none nor all never shows as such."""
    if 0 < part < 0.005:
        return "less than 1\u00a0%"
    if 0.995 <= part < 1:
        return "more than 99\u00a0%"
    return f"{part:.0%}".replace("%", "\u00a0%")
