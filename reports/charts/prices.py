"""The chart of prices: what a round unit more of each means of the centre would save, by year."""

from collections.abc import Mapping
from typing import Any

import altair as alt
from pandas import DataFrame

from reports.charts.panels import figures_axis, grid, level_line, panel_title, years_axis
from reports.charts.picture import AXIS, SPACING, Drawing, Layout, Picture, money
from reports.charts.style import Style
from reports.price_words import amount, change, round_unit
from reports.price_words import money as money_words
from reports.prices_data import REMITTANCES, Price, Prices, Sides, loosened

SHORT = {REMITTANCES: "remittances asked"}
"""Names for panels, where the words for people are long."""


def price_pictures(prices: Prices) -> Mapping[str, Picture]:
    """The charts of prices by name."""
    drawn = prices_by_year(prices)
    return {} if drawn is None else {"prices_by_year": drawn}


def prices_by_year(prices: Prices) -> Picture | None:
    """Prices of every means that has one in some year, a panel each; None where there is none."""
    means: dict[tuple[str, str], list[Price]] = {}
    for price in prices.prices:
        if price.year is not None and not price.kind.whole:
            means.setdefault((price.kind.name, price.subject), []).append(price)
    rows = [row for one in means.values() if any(_saves(price) for price in one) for row in _rows(prices, one)]
    if not rows:
        return None
    data = DataFrame(rows)
    panels = list(dict.fromkeys(data["panel"]))

    def draw(style: Style, layout: Layout) -> Drawing:
        across = min(layout.columns(270), len(panels))
        width = layout.panel(across)

        def panel(part: DataFrame) -> Drawing:
            base = alt.Chart().encode(x=years_axis(data, width))
            bars = base.mark_bar(color=style.series[4]).encode(
                y=alt.Y("parts:Q", title=None, axis=figures_axis()), description="words:N"
            )
            return alt.layer(bars, level_line(base, "kept", data, width, style)).properties(
                width=width, height=130, data=part
            )

        return grid(
            [panel(data[data["panel"] == name]).properties(title=panel_title(name, layout)) for name in panels],
            across,
            SPACING + AXIS,
        )

    return Picture(
        title=f"What more would save, by year ({money(prices.instance)} discounted to {prices.instance.first_year})",
        reading="A bar is what it would save if plants could be built in parts, the dark line what it saves with all "
        "choices of the plan kept. Each panel has its own scale, and its own amount beside its name.",
        tables=("Prices",),
        draw=draw,
    )


def _rows(prices: Prices, one: list[Price]) -> list[dict[str, Any]]:
    """A means year by year, in the round unit of its smallest figure."""
    instance = prices.instance
    unit = min(round_unit(instance, price) for price in one)
    found = []
    for price in one:
        words, name = change(instance, price, unit), price.subject or SHORT.get(price.kind, price.kind.words)
        kept, parts = _of(price, price.kept, unit), _of(price, price.parts, unit)
        said = ", ".join(
            f"{'not known' if saved is None else money_words(instance, saved)} {how}"
            for saved, how in ((kept, "with all choices kept"), (parts, "with plants in parts"))
        )
        found.append(
            {
                "panel": f"{name[0].upper()}{name[1:]}, {amount(instance, price, unit)}",
                "year": str(price.year),
                "kept": kept,
                "parts": parts,
                "words": f"{words}: {said}",
            }
        )
    return found


def _of(price: Price, sides: Sides | None, unit: float) -> float | None:
    return None if sides is None else loosened(price, sides) * unit


def _saves(price: Price) -> bool:
    return any(sides is not None and loosened(price, sides) > 0 for sides in (price.kept, price.parts))
