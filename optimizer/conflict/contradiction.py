"""What cannot be, shown by arithmetic alone: a sentence with its numbers, and the figures that it rests on."""

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from inputs.origins import Address
from models.instance import Instance

STRAY = 1e-4
"""Part of the last digit by which the solver's tolerance may miss a round figure."""

MARGIN = 1e-6
"""Share by which a need must exceed what there is, so that rounding never makes a contradiction."""


@dataclass(frozen=True)
class Contradiction:
    """A necessary condition that does not hold. In `message`, `{0}` stands for the places of the first of `figures`,
    `{1}` for those of the second, and so on.

    `mends` are figures, each with a value at which this condition holds; of central funds the value is what arrives.
    """

    message: str
    figures: tuple[tuple[Address, ...], ...]
    mends: tuple[tuple[Address, object], ...] = ()

    def told(self, place: Callable[[tuple[Address, ...]], str]) -> str:
        """The sentence with its places."""
        return self.message.format(*(place(addresses) for addresses in self.figures))

    @property
    def addresses(self) -> tuple[Address, ...]:
        """All figures, each once."""
        return tuple(dict.fromkeys(address for family in self.figures for address in family))


@dataclass(frozen=True)
class Reason:
    """Why a county cannot join: words that go on from its name, and the figures that they rest on."""

    words: str
    figures: tuple[Address, ...]


def exceeds(need: float, available: float) -> bool:
    """Whether a need is surely more than what there is."""
    return need > available + MARGIN * max(1.0, abs(need), abs(available))


def number(value: float) -> str:
    """A number for people: whole where it is large, with as many digits as it needs where it is small."""
    return f"{value:,.0f}" if abs(value) >= 100 or float(value).is_integer() else f"{value:,.4g}"


def rounded(value: float, direction: int) -> float:
    """A value rounded to three digits that count, up with `direction` 1 and down with -1."""
    if value <= 0:
        return 0.0
    step = 10.0 ** (math.floor(math.log10(value)) - 2)
    steps = value / step
    whole = math.ceil(steps - STRAY) if direction > 0 else math.floor(steps + STRAY)
    return float(f"{whole * step:.10g}")


def some(names: Iterable[str], most: int = 3) -> str:
    """The first names, and how many more there are."""
    listed = list(names)
    shown = ", ".join(listed[:most])
    return shown if len(listed) <= most else f"{shown} and {len(listed) - most:,} more"


def untold(found: Iterable[Contradiction]) -> Iterator[Contradiction]:
    """Those that name a figure that none before them has named."""
    told: set[Address] = set()
    for contradiction in found:
        if not told.issuperset(contradiction.addresses):
            yield contradiction
            told.update(contradiction.addresses)


def penalty(instance: Instance) -> float:
    """A penalty for a good that had none: the greatest of the others, or of what goods cost, or 1000."""
    penalties = [good.shortage_penalty for good in instance.goods.values() if good.shortage_penalty]
    prices = [10 * good.import_price for good in instance.goods.values() if good.import_price]
    return max(penalties, default=max(prices, default=1000.0))
