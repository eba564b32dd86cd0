"""The Lorenz curves: how evenly domestic supply reaches people."""

import math

import altair as alt
from pandas import DataFrame, concat

from reports.charts.picture import Drawing, Layout, Picture, Told, good_names, percent, records
from reports.charts.style import Style

ALL = "all goods"
EVEN = "if all were served alike"


def lorenz(told: Told) -> Picture | None:
    """Share of domestic supply that the least covered people have, in the last year."""
    instance, table = told.instance, told.tables["lorenz_by_county"]
    if table.empty:
        return None
    names = {**good_names(instance), "": ALL}
    table = table[["good", "people", "supply"]]
    origin = DataFrame([{"good": good, "people": 0.0, "supply": 0.0} for good in table["good"].unique()])
    curves = concat([origin, table]).sort_values(["good", "people"], kind="stable")
    curves = curves.assign(curve=curves["good"].map(names))
    told_goods = [name for code, name in names.items() if code in set(curves["good"])]
    even = DataFrame({"people": [0.0, 1.0], "supply": [0.0, 1.0], "curve": [EVEN, EVEN]})

    def draw(style: Style, layout: Layout) -> Drawing:
        goods = [name for name in told_goods if name != ALL]
        if len(goods) > len(style.series) - 1:
            goods = []
        lines = [*goods, ALL, EVEN]
        colours = [*style.series[: len(goods)], style.ink, style.muted]
        side = min(360, layout.width - 70)
        base = alt.Chart(concat([curves[curves["curve"].isin(lines)], even])).mark_line(clip=False)
        return base.encode(
            x=alt.X(
                "people:Q",
                title="part of the people, least covered counties first",
                scale=alt.Scale(domain=[0, 1]),
                axis=alt.Axis(format=".0%", tickCount=5),
            ),
            y=alt.Y(
                "supply:Q",
                title="part of domestic supply",
                scale=alt.Scale(domain=[0, 1]),
                axis=alt.Axis(format=".0%", tickCount=5),
            ),
            color=alt.Color(
                "curve:N",
                title=None,
                scale=alt.Scale(domain=lines, range=colours),
                legend=alt.Legend(symbolType="stroke", symbolStrokeWidth=3, columns=2 if layout.narrow else 4),
            ),
            strokeDash=alt.condition(f"datum.curve === '{EVEN}'", alt.value([5, 4]), alt.value([1, 0])),
            strokeWidth=alt.condition(f"datum.curve === '{ALL}'", alt.value(3), alt.value(1.8)),
            description="curve:N",
        ).properties(width=side, height=side)

    half = next((row["all_goods"] for row in records(told.tables["lorenz"]) if abs(row["people"] - 0.5) < 1e-9), None)
    gini = next(
        (
            row["gini"]
            for row in records(told.tables["equity"])
            if (row["year"], row["good"]) == (instance.last_year, "")
        ),
        None,
    )
    finding = ""
    if half is not None and math.isfinite(half):
        finding = f" The less covered half of the people has {percent(half)} of the supply of all goods"
        finding += f"; the Gini coefficient is {gini:.3f}." if gini is not None and math.isfinite(gini) else "."
    return Picture(
        title=f"How evenly domestic supply reaches people in {instance.last_year} (Lorenz curves)",
        reading="A curve shows which part of supply the least covered part of the people has; the closer to the "
        f"straight line, the more even.{finding}",
        tables=("Lorenz", "Equity"),
        draw=draw,
    )
