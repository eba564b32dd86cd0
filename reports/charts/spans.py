"""What choices cost, a dot each: found or estimated, with a bar over what is proven of it."""

from collections.abc import Sequence
from math import isfinite
from typing import Any

import altair as alt
from pandas import DataFrame

from reports.assessment import Span
from reports.charts.picture import Drawing, Layout
from reports.charts.style import Style

FOUND, ESTIMATED = "best plan found", "estimate"
"""How a cost is known."""

Row = dict[str, Any]
"""A row of what a chart is drawn from."""


def cost_row(name: str, span: Span, estimate: float | None, costs: str) -> Row | None:
    """What is known of a cost: found, else estimated; None where neither is. `costs` says what it is that costs."""
    found = span.found is not None and isfinite(span.found)
    value = span.found if found else estimate
    if value is None or not isfinite(value):
        return None
    known = found and span.least is not None and span.most is not None and isfinite(span.least) and isfinite(span.most)
    said = f", proven between {span.least:,.0f} and {span.most:,.0f}" if known else ""
    return {
        "name": name,
        "kind": FOUND if found else ESTIMATED,
        "value": value,
        "least": span.least if known else None,
        "most": span.most if known else None,
        "words": f"{name}: {costs} {'costs' if found else 'is estimated to cost'} {value:,.0f}{said}",
    }


def kinds_of(rows: Sequence[Row]) -> list[str]:
    """How the costs are known that are shown."""
    return [kind for kind in (FOUND, ESTIMATED) if any(row["kind"] == kind for row in rows)]


def draw_costs(rows: Sequence[Row], unit: str, style: Style, layout: Layout) -> Drawing:
    """The rows from the top down; one name may have a row of each kind."""
    values = [row[name] for row in rows for name in ("value", "least", "most") if row[name] is not None]
    lowest, highest = min(0.0, *values), max(values) or 1.0
    spans = [row for row in rows if row["least"] is not None]
    side = 118 if layout.narrow else 190
    order = list(dict.fromkeys(row["name"] for row in rows))
    y_axis = alt.Axis(domain=False, ticks=False, labelPadding=6, labelLimit=side - 14)
    y = alt.Y("name:N", title=None, sort=None, scale=alt.Scale(domain=order), axis=y_axis)
    x_axis = alt.Axis(format=",~f", tickCount=4 if layout.narrow else 6)
    x = alt.X("value:Q", title=unit, scale=alt.Scale(domain=[lowest, highest], nice=True), axis=x_axis)
    drawn: list[Drawing] = []
    if spans:
        bars = alt.Chart(DataFrame(spans))
        spread = bars.mark_rule(color=style.series[0], strokeWidth=4, opacity=0.4, aria=False)
        drawn.append(spread.encode(x=alt.X("least:Q", title=unit), x2="most:Q", y=y))
    shapes = {FOUND: "circle", ESTIMATED: "diamond"}
    colours = {FOUND: style.series[0], ESTIMATED: style.series[5]}
    kinds, legend = kinds_of(rows), alt.Legend(title=None)
    dots = alt.Chart(DataFrame(rows)).mark_point(filled=True, size=75, opacity=1)
    shape = alt.Scale(domain=kinds, range=[shapes[kind] for kind in kinds])
    colour = alt.Scale(domain=kinds, range=[colours[kind] for kind in kinds])
    drawn.append(
        dots.encode(
            x=x,
            y=y,
            shape=alt.Shape("kind:N", scale=shape, legend=legend),
            color=alt.Color("kind:N", scale=colour, legend=legend),
            description="words:N",
        )
    )
    return alt.layer(*drawn).properties(width=layout.width - side - 24, height=20 * len(order))
