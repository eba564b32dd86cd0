"""Charts of what the plan costs."""

import altair as alt
from pandas import DataFrame

from reports.charts.picture import Drawing, Layout, Picture, Told, money, percent, records
from reports.charts.style import Style

LEAST = 1e-6
"""Amounts below this are none."""


def costs_by_term(told: Told) -> Picture | None:
    """The plan's cost by term, largest first."""
    table = told.tables["costs"]
    terms = table[(table["term"] != "total") & (table["total"].abs() > LEAST)]
    if terms.empty:
        return None
    total = float(terms["total"].sum())
    unit = f"{money(told.instance)}, discounted to {told.instance.first_year}"
    terms = terms.sort_values("total", ascending=False, kind="stable")
    data = DataFrame(
        [
            {
                "term": str(record["term"]).replace("_", " "),
                "amount": float(record["total"]),
                "text": f"{record['total']:,.0f}" + (f"  ({_part(record['total'], total)})" if total > LEAST else ""),
                "words": f"{str(record['term']).replace('_', ' ')}: {record['total']:,.0f} {unit}",
            }
            for record in records(terms)
        ]
    )

    def draw(style: Style, layout: Layout) -> Drawing:
        names, figures = (120, 100) if layout.narrow else (170, 160)
        base = alt.Chart(data).encode(
            y=alt.Y("term:N", title=None, sort=list(data["term"]), axis=alt.Axis(domain=False, ticks=False)),
            x=alt.X("amount:Q", title=None, axis=None),
        )
        bars = base.mark_bar(color=style.series[0]).encode(description="words:N")
        text = base.mark_text(align="left", dx=5, fontSize=layout.letters, aria=False, color=style.ink)
        labels = text.encode(text="text:N", x=alt.X("edge:Q", axis=None)).transform_calculate(
            edge="max(datum.amount, 0)"
        )
        size = {"width": layout.width - names - figures, "height": 26 * len(data)}
        return alt.layer(bars, labels).properties(**size)

    first = terms.iloc[0]
    share = f", {percent(float(first['total']) / total)} of {total:,.0f}" if total > LEAST else ""
    term = str(first["term"]).replace("_", " ")
    return Picture(
        title=f"What the plan costs, by term ({unit})",
        reading=f"The largest term is {term}{share}. The last plan year also stands for "
        "the years of the tail, in which plants go on running.",
        tables=("Costs by year", "Costs by province"),
        draw=draw,
    )


def _part(amount: float, total: float) -> str:
    return percent(amount / total)
