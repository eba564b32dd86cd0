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

BEGIN = 1.0
"""Seconds at which lines begin."""

PLAN, NO_PLAN = "ended with a plan", "ended without"

PANEL_HEIGHT = 170
"""Height of a panel, in pixels."""


def gap_over_time(measured: Sequence[Measured]) -> Picture | None:
    """The gap of each contender over time, a panel for each instance; None where no plan was found at all."""
    rows, ends = [], []
    for one in measured:
        if one.task.kind != "solve" or one.failure or one.seconds is None:
            continue
        drawn = [
            (seconds, max(LEAST_GAP, min(GREATEST_GAP, 100 * found)))
            for seconds, best, bound in one.moments
            if (found := gap(best, bound)) is not None and seconds is not None
        ]
        named = {"instance": one.task.instance, "contender": one.task.contender}
        last = drawn[-1][1] if drawn else GREATEST_GAP
        line = [(BEGIN, GREATEST_GAP), *drawn, (one.seconds, last)]
        rows += [{**named, "seconds": max(BEGIN, at), "gap": found} for at, found in line]
        ends.append({**named, "seconds": max(BEGIN, one.seconds), "gap": last, "end": PLAN if drawn else NO_PLAN})
    if not any(end["end"] == PLAN for end in ends):
        return None
    data, ended = DataFrame(rows), DataFrame(ends)
    span = [BEGIN, float(data["seconds"].max())]
    contenders = list(dict.fromkeys(data["contender"]))
    instances = list(dict.fromkeys(data["instance"]))

    def draw(style: Style, layout: Layout) -> Drawing:
        across = min(layout.columns(280), len(instances))
        width = layout.panel(across)

        def panel(instance: str) -> Drawing:
            base = alt.Chart(title=instance).encode(
                x=alt.X(
                    "seconds:Q",
                    title="seconds",
                    scale=alt.Scale(type="log", domain=span, nice=False),
                    axis=alt.Axis(values=[1, 10, 100, 1000, 10_000]),
                ),
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
            lines = base.mark_line(interpolate="step-after", strokeWidth=2)
            points = base.mark_point(filled=True, size=60, opacity=1).encode(
                shape=alt.Shape(
                    "end:N",
                    title=None,
                    scale=alt.Scale(domain=[PLAN, NO_PLAN], range=["circle", "triangle-right"]),
                    legend=alt.Legend(orient="bottom"),
                )
            )
            drawn = alt.layer(
                lines.properties(data=data[data["instance"] == instance]),
                points.properties(data=ended[ended["instance"] == instance]),
            )
            return drawn.properties(width=width, height=PANEL_HEIGHT)

        return alt.concat(*(panel(instance) for instance in instances), columns=across)

    return Picture(
        title="Distance between the best plan and the best bound over time (percent of the plan's cost)",
        reading="Each line is a contender: at the top until it has a plan and a bound; lower and further left is "
        "better. It ends where the contender did. Both axes are logarithmic.",
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
