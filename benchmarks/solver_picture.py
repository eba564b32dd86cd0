"""Pictures of measurements: the gap over time, and seconds by number of counties."""

from collections.abc import Sequence

import altair as alt
from pandas import DataFrame

from benchmarks.course import gap
from benchmarks.measured import Measured
from reports.charts.picture import Drawing, Layout, Picture
from reports.charts.style import Style

LEAST_GAP = 0.05
"""Smallest gap that is drawn, percent; smaller ones are drawn there."""

GREATEST_GAP = 100.0
"""Greatest gap that is drawn, percent."""

PANEL_HEIGHT = 170
"""Height of a panel, in pixels."""


def gap_over_time(measured: Sequence[Measured]) -> Picture | None:
    """The gap of each contender over time, a panel for each instance; None where no plan was found at all."""
    rows = []
    for one in measured:
        if one.task.kind != "solve" or one.failure:
            continue
        drawn = [
            (seconds, max(LEAST_GAP, min(GREATEST_GAP, 100 * found)))
            for seconds, best, bound in one.moments
            if (found := gap(best, bound)) is not None and seconds is not None
        ]
        if drawn and one.seconds is not None:
            drawn.append((one.seconds, drawn[-1][1]))
        rows += [
            {"instance": one.task.instance, "contender": one.task.contender, "seconds": max(0.1, at), "gap": found}
            for at, found in drawn
        ]
    if not rows:
        return None
    data = DataFrame(rows)
    contenders = list(dict.fromkeys(data["contender"]))
    instances = list(dict.fromkeys(data["instance"]))

    def draw(style: Style, layout: Layout) -> Drawing:
        across = min(layout.columns(280), len(instances))
        width = layout.panel(across)

        def panel(instance: str) -> Drawing:
            return (
                alt.Chart(data[data["instance"] == instance], title=instance)
                .mark_line(interpolate="step-after", strokeWidth=2)
                .encode(
                    x=alt.X("seconds:Q", title="seconds", scale=alt.Scale(type="log", nice=False)),
                    y=alt.Y(
                        "gap:Q",
                        title="gap, %",
                        scale=alt.Scale(type="log", domain=[LEAST_GAP, GREATEST_GAP]),
                        axis=alt.Axis(values=[0.1, 0.5, 1, 2, 5, 20, 100]),
                    ),
                    color=alt.Color(
                        "contender:N",
                        title=None,
                        scale=alt.Scale(domain=contenders, range=list(style.series[: len(contenders)])),
                        legend=alt.Legend(orient="bottom", symbolType="stroke", symbolStrokeWidth=3),
                    ),
                )
                .properties(width=width, height=PANEL_HEIGHT)
            )

        return alt.concat(*(panel(instance) for instance in instances), columns=across)

    return Picture(
        title="Distance between the best plan and the best bound over time (percent of the plan's cost)",
        reading="Each line is a contender, from its first plan on; lower and further left is better. Both axes are "
        "logarithmic. A contender without a line found no plan, or no bound, in its time.",
        tables=(),
        draw=draw,
    )


def seconds_by_counties(rows: Sequence[tuple[int, str, float]]) -> Picture | None:
    """Seconds over the number of counties, a line for each thing measured; None where there is nothing."""
    if not rows:
        return None
    data = DataFrame([{"counties": n, "part": part, "seconds": max(0.1, s)} for n, part, s in rows])
    parts = list(dict.fromkeys(data["part"]))

    def draw(style: Style, layout: Layout) -> Drawing:
        base = alt.Chart(data).encode(
            x=alt.X(
                "counties:Q",
                title="counties",
                scale=alt.Scale(type="log", nice=False),
                axis=alt.Axis(values=sorted({counties for counties, _, _ in rows})),
            ),
            y=alt.Y("seconds:Q", title="seconds", scale=alt.Scale(type="log")),
            color=alt.Color(
                "part:N", title=None, scale=alt.Scale(domain=parts, range=list(style.series[: len(parts)])),
                legend=alt.Legend(orient="bottom", columns=3),
            ),
        )  # fmt: skip
        drawn = base.mark_line(strokeWidth=2) + base.mark_point(filled=True, size=40)
        return drawn.properties(width=layout.panel(1), height=2 * PANEL_HEIGHT)

    return Picture(
        title="Seconds to the asked gap, and of each stage, by number of counties",
        reading="Both axes are logarithmic: where seconds double when counties do, a line rises by one to one.",
        tables=(),
        draw=draw,
    )
