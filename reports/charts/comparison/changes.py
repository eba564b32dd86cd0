"""Which goods have another main source than in the base, in how many counties, and which costs moved with it."""

from collections.abc import Mapping

import altair as alt
from pandas import DataFrame

from models.measures.sources import SHORTAGE
from reports.charts.comparison.sides import UNDER_PANELS, amounts_below, missing, room_for
from reports.charts.comparison.supply import kind_colours, kinds
from reports.charts.panels import OFFSET, grid, panel_title
from reports.charts.picture import SPACING, Drawing, Layout, Picture, good_names
from reports.charts.style import Style
from reports.comparison import Comparison
from reports.comparison.changes import NOTHING, PARTS, pairs, source_totals
from reports.comparison.measured import last_sources
from reports.plurals import counted

NONE = "none"
"""Stands for a source where nothing is used."""


def source_changes(comparison: Comparison) -> Picture | None:
    """Counties whose main source of a good changes, by good, variant and new source."""
    shown = [one.variant for one in pairs(comparison)]
    base = comparison.base
    known = {**kinds(comparison), SHORTAGE: "nothing (not met)", NONE: NOTHING}
    totals = _totals(comparison)
    counts: dict[tuple[str, str, str], int] = {}
    for one in pairs(comparison):
        were, are = last_sources(base), last_sources(one)
        for (county, good), supply in are.items():
            before, after = were[county, good].main, supply.main
            if before != after:
                key = (one.variant, good, NONE if after is None else after.kind)
                counts[key] = counts.get(key, 0) + 1
    if not counts:
        return None
    names = good_names(base.instance)
    data = DataFrame(
        [
            {
                "panel": variant,
                "good": names[good],
                "kind": kind,
                "part": f"to {known[kind]}",
                "rank": list(known).index(kind),
                "amount": count,
                "words": f"{variant}, {names[good]}: {counted(count, 'county goes', 'counties go')} to {known[kind]}"
                f"{totals.get((variant, good), '')}",
            }
            for (variant, good, kind), count in counts.items()
        ]
    )
    found = [kind for kind in known if kind in set(data["kind"])]
    goods = [name for name in names.values() if name in set(data["good"])]

    def draw(style: Style, layout: Layout) -> Drawing:
        colours = {**kind_colours(comparison, style), NONE: style.muted}
        across = min(layout.columns(270), len(shown))
        side = room_for(goods, 150)
        whole = alt.Scale(domain=[0, int(data.groupby(["panel", "good"])["amount"].sum().max())])
        width = layout.width // across - side - SPACING

        def panel(variant: str) -> Drawing:
            labels = alt.Axis(domain=False, ticks=False, labelLimit=side)
            return (
                alt.Chart(data[data["panel"] == variant])
                .mark_bar()
                .encode(
                    y=alt.Y("good:N", title=None, scale=alt.Scale(domain=goods), axis=labels),
                    x=alt.X("amount:Q", title=None, stack="zero", scale=whole, axis=amounts_below()),
                    color=alt.Color(
                        "part:N",
                        title=None,
                        scale=alt.Scale(
                            domain=[f"to {known[kind]}" for kind in found], range=[colours[kind] for kind in found]
                        ),
                        legend=alt.Legend(columns=1 if layout.narrow else 6, offset=OFFSET),
                    ),
                    order=alt.Order("rank:Q"),
                    description="words:N",
                )
                .properties(width=width, height=26 * len(goods), title=panel_title(variant, layout))
            )

        changed = [variant for variant in shown if variant in set(data["panel"])]
        return grid([panel(variant) for variant in changed], across, SPACING + side, UNDER_PANELS)

    year = base.instance.last_year
    return Picture(
        title=f"Counties whose main source of a good in {year} is another than with {base.variant}, by variant and new "
        "source (number of counties)",
        reading=f"A bar counts the counties that go over, by what they go over to; plants of another county count too. "
        f"The table below says which changes are commonest, and which costs moved with them.{missing(comparison)}",
        tables=("Sources that changed", "Changes of source", "Cost changes by county"),
        draw=draw,
    )


def _totals(comparison: Comparison) -> Mapping[tuple[str, str], str]:
    """What moved with the changes of a good, by (variant, good), in words."""
    moved: dict[tuple[str, str], dict[str, float]] = {}
    for row in source_totals.rows(comparison):
        if row["change"] is None:
            continue
        parts = moved.setdefault((str(row["variant"]), str(row["good"])), dict.fromkeys(PARTS, 0.0))
        for part in PARTS:
            parts[part] += _number(row[part])
    unit = comparison.base.instance.currency or "money"
    told = {}
    for place, parts in moved.items():
        largest = max(parts, key=lambda part: abs(parts[part]))
        told[place] = (
            f"; all that change cost {sum(parts.values()):+,.0f} {unit}, most of it {largest} ({parts[largest]:+,.0f})"
        )
    return told


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
