"""The Lorenz curves of variants, one over another."""

import altair as alt
from pandas import DataFrame

from models.measures.equity import lorenz_points
from reports.charts.comparison.sides import legend, looks, missing, with_plan
from reports.charts.equity import EVEN
from reports.charts.picture import Drawing, Layout, Picture, listed
from reports.charts.style import Style
from reports.comparison import Comparison
from reports.comparison.measured import evenness, its_plan


def lorenz_curves(comparison: Comparison) -> Picture | None:
    """Share of domestic supply of all goods that the least covered people have in the last year, by variant."""
    told = {}
    for one in with_plan(comparison):
        corners = lorenz_points(one.instance, its_plan(one), one.instance.last_year)
        gini = evenness(one)[-1].gini
        if corners and gini is not None:
            told[one.variant] = (gini, corners, one.instance.last_year)
    if not told:
        return None
    labels = {variant: f"{variant} (Gini {gini:.3f})" for variant, (gini, *_) in told.items()}
    rows: list[dict[str, object]] = [
        {"people": people, "supply": supply, "curve": labels[variant]}
        for variant, (_, corners, _) in told.items()
        for people, supply in ((0.0, 0.0), *((corner.people, corner.supply) for corner in corners))
    ]
    rows += [{"people": end, "supply": end, "curve": EVEN} for end in (0.0, 1.0)]
    data = DataFrame(rows)

    def draw(style: Style, layout: Layout) -> Drawing:
        appearance = looks(comparison, style, list(told))
        names = [*labels.values(), EVEN]
        side = min(420, layout.width - 70)
        key = legend(layout)
        key = alt.Legend(**{**key.to_dict(), "columns": 1 if layout.narrow else 3})
        axis = alt.Axis(format=".0%", tickCount=5)
        whole = alt.Scale(domain=[0, 1])
        colours = alt.Scale(domain=names, range=[*appearance.colours, style.muted])
        dashes = alt.Scale(domain=names, range=[*(list(dash) for dash in appearance.dashes), [3, 5]])
        return (
            alt.Chart(data)
            .mark_line(strokeWidth=2.4)
            .encode(
                x=alt.X("people:Q", title="part of the people, least covered counties first", scale=whole, axis=axis),
                y=alt.Y("supply:Q", title="part of domestic supply", scale=whole, axis=axis),
                color=alt.Color("curve:N", title=None, scale=colours, legend=key),
                strokeDash=alt.StrokeDash("curve:N", title=None, scale=dashes, legend=key),
                description="curve:N",
            )
            .properties(width=side, height=side)
        )

    even = min(told, key=lambda variant: told[variant][0])
    years = listed(dict.fromkeys(str(year) for *_, year in told.values()))
    finding = f" Most even is {even}." if len(told) > 1 else ""
    return Picture(
        title=f"How evenly domestic supply reaches people in {years}, by variant (Lorenz curves, all goods)",
        reading="A curve shows which part of supply the least covered part of the people has; the closer to the "
        "straight line, the more even. The Gini coefficient is 0 where all are served alike."
        f"{finding}{missing(comparison)}",
        tables=("Results",),
        draw=draw,
    )
