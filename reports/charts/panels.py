"""The forms that charts share: cells of shades by year, stacked bars by year, bars against a limit."""

from collections.abc import Mapping, Sequence

import altair as alt
from pandas import DataFrame

from reports.charts.picture import AXIS, SPACING, Drawing, Layout
from reports.charts.style import Style

ROW_HEIGHT = 22
"""Height of a row of cells, in pixels."""
BELOW = 84
"""Room between rows of panels for years and titles, in pixels."""
LEAST_FOR_TEXT = 20
"""Width of a cell, in pixels, below which no number fits into it."""

OFFSET = 20
"""Room between panels and their legend, in pixels."""

BANDS = ("below 20 %", "20–40 %", "40–60 %", "60–80 %", "80 % and more")
"""Shares by steps of shade."""

STATES = ("used up", "some left")
"""What becomes of a means in a year."""


def band_of(share: float) -> str:
    """The band that a share is in."""
    return BANDS[max(0, min(len(BANDS) - 1, int((share + 1e-9) * len(BANDS))))]


def cells(
    data: DataFrame,
    rows: Sequence[str],
    style: Style,
    layout: Layout,
    *,
    legend: str,
    bands: Sequence[str] = BANDS,
    panels: Sequence[str] = (),
) -> Drawing:
    """Cells of years by rows, each with its `text` and the shade of its `band`; `words` tell of it in full.

    `data` has columns row, year, band, text, words and, with `panels`, panel.
    """
    names = 118 if layout.narrow else (170 if panels else 250)
    years = sorted(data["year"].unique())
    across = min(layout.columns(280), max(1, len(panels)))
    room = (layout.width - names - SPACING * (across - 1)) // across
    cell = max(5, min(58, room // max(1, len(years))))

    def panel(part: DataFrame, labelled: bool) -> Drawing:
        base = alt.Chart().encode(
            x=alt.X(
                "year:O",
                title=None,
                scale=alt.Scale(domain=years),
                axis=alt.Axis(domain=False, ticks=False, labelAngle=0 if cell > 42 else -90, labelOverlap=True),
            ),
            y=alt.Y(
                "row:N",
                title=None,
                sort=None,
                scale=alt.Scale(domain=list(rows)),
                axis=alt.Axis(domain=False, ticks=False, labels=labelled, labelLimit=names - 8),
            ),
        )
        fill = alt.Fill(
            "band:O",
            title=legend,
            scale=alt.Scale(domain=list(bands), range=list(style.steps)),
            legend=alt.Legend(
                titleOrient="top",
                titleLimit=0,
                offset=OFFSET if panels else 18,
                columns=2 if layout.narrow else len(bands),
            ),
        )
        drawn = [base.mark_rect(stroke=style.paper, strokeWidth=1.5).encode(fill=fill, description="words:N")]
        if cell >= LEAST_FOR_TEXT:
            over = alt.Color("band:O", scale=alt.Scale(domain=list(bands), range=list(style.on_steps)), legend=None)
            text = base.mark_text(fontSize=layout.letters - 1, aria=False)
            drawn.append(text.encode(text="text:N", color=over))
        size = {"width": cell * len(years), "height": ROW_HEIGHT * len(rows)}
        return alt.layer(*drawn).properties(**size, data=part)

    if not panels:
        return panel(data, True)
    return grid(
        [
            panel(data[data["panel"] == name], place % across == 0).properties(title=panel_title(name, layout))
            for place, name in enumerate(panels)
        ],
        across,
        SPACING,
    )


def stacked(
    data: DataFrame,
    colours: Mapping[str, str],
    style: Style,
    layout: Layout,
    *,
    panels: Sequence[str] = (),
    needed: bool = False,
) -> Drawing:
    """Bars by year, stacked by `part` in the order of `colours`; if `needed`, with a line at `level`.

    `data` has columns year, part, rank, amount, words and, with `panels`, panel; if `needed`, level.
    """
    across = min(layout.columns(270), max(1, len(panels)))
    width = layout.panel(across)

    def panel(part: DataFrame) -> Drawing:
        base = alt.Chart().encode(x=years_axis(data, width))
        bars = base.mark_bar().encode(
            y=alt.Y("amount:Q", title=None, stack="zero", axis=figures_axis()),
            color=alt.Color(
                "part:N",
                title=None,
                scale=alt.Scale(domain=list(colours), range=list(colours.values())),
                legend=alt.Legend(columns=1 if layout.narrow else 6, offset=OFFSET if panels else 18),
            ),
            order=alt.Order("rank:Q"),
            description="words:N",
        )
        drawn = [bars, level_line(base, "level", data, width, style)] if needed else [bars]
        return alt.layer(*drawn).properties(width=width, height=150 if panels else 240, data=part)

    if not panels:
        return panel(data)
    return grid(
        [panel(data[data["panel"] == name]).properties(title=panel_title(name, layout)) for name in panels],
        across,
        SPACING + AXIS,
    )


def against_limits(data: DataFrame, style: Style, layout: Layout, panels: Sequence[str]) -> Drawing:
    """Bars of what is used by year, a line at what is allowed, a panel for each means with its own axis.

    `data` has columns panel, year, used, allowed, state (one of `STATES`) and words.
    """
    across = min(layout.columns(270), max(1, len(panels)))
    width = layout.panel(across)

    def panel(part: DataFrame) -> Drawing:
        base = alt.Chart().encode(x=years_axis(data, width))
        bars = base.mark_bar().encode(
            y=alt.Y("used:Q", title=None, axis=figures_axis()),
            color=alt.Color(
                "state:N",
                title=None,
                scale=alt.Scale(domain=list(STATES), range=[style.series[5], style.series[0]]),
                legend=alt.Legend(offset=OFFSET),
            ),
            description="words:N",
        )
        return alt.layer(bars, level_line(base, "allowed", data, width, style)).properties(
            width=width, height=130, data=part
        )

    return grid(
        [panel(data[data["panel"] == name]).properties(title=panel_title(name, layout)) for name in panels],
        across,
        SPACING + AXIS,
    )


def grid(panels: Sequence[Drawing], across: int, beside: float, below: float = BELOW) -> Drawing:
    """Panels side by side, their frames in line, with one legend for all and an axis of amounts for each."""
    spacing = {"row": below, "column": beside}
    grid = alt.concat(*panels, columns=across, align="all", bounds="flush", spacing=spacing)
    return grid.resolve_scale(y="independent", x="independent")


def panel_title(name: str, layout: Layout, limit: int = 260) -> alt.TitleParams:
    """The name of a panel above it."""
    return alt.TitleParams(name, fontSize=layout.letters + 1, fontWeight=600, offset=8, limit=limit, frame="group")


def years_axis(data: DataFrame, width: int, padding: int = 2) -> alt.X:
    """The axis of years, all of them, upright where there is no room beside each other, some pixels below the panel."""
    years = sorted(data["year"].unique())
    angle = 0 if width / max(1, len(years)) > 42 else -90
    axis = alt.Axis(labelAngle=angle, ticks=False, labelOverlap=True, labelPadding=padding)
    return alt.X("year:O", title=None, scale=alt.Scale(domain=years), axis=axis)


def level_line(base: Drawing, level: str, data: DataFrame, width: int, style: Style) -> Drawing:
    """A short line for each year at an amount."""
    room = max(6, int(0.9 * width / max(1, data["year"].nunique())))
    line = base.mark_tick(thickness=2.5, bandSize=room, aria=False)
    return line.encode(y=f"max({level}):Q", color=alt.value(style.ink))


def figures_axis() -> alt.Axis:
    """An axis of amounts, grouped by thousands."""
    return alt.Axis(format=",~f", tickCount=4, domain=False, ticks=False)
