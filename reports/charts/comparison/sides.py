"""The variants of a comparison as charts tell them apart, and lines by year of each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import altair as alt
from pandas import DataFrame

from reports.charts.panels import OFFSET, figures_axis, grid, panel_title, years_axis
from reports.charts.picture import AXIS, SPACING, Drawing, Layout
from reports.charts.style import Style
from reports.comparison import Compared, Comparison
from reports.comparison.without_plan import without_plan

UNDER_PANELS = 52
"""Room between rows of panels whose amounts are below them, in pixels."""

DASHES = ((1, 0), (6, 3), (2, 2), (9, 3, 2, 3))
"""Lines of variants, so that they also differ without colours."""


@dataclass(frozen=True)
class Looks:
    """Variants in their order with the colour and the dash of each."""

    variants: tuple[str, ...]
    colours: tuple[str, ...]
    dashes: tuple[tuple[int, ...], ...]

    @property
    def by_colour(self) -> Mapping[str, str]:
        """Colours by variant."""
        return dict(zip(self.variants, self.colours, strict=True))


def with_plan(comparison: Comparison) -> tuple[Compared, ...]:
    """The base first, then the others; those with a plan."""
    return tuple(one for one in (comparison.base, *comparison.others) if one.plan is not None)


def missing(comparison: Comparison) -> str:
    """A sentence that names variants without a plan; blank where all have one."""
    found = [f"{one.variant} ({without_plan(one)})" for one in comparison.variants if one.plan is None]
    return f" Not shown: {', '.join(found)}." if found else ""


def looks(comparison: Comparison, style: Style, shown: Sequence[str]) -> Looks:
    """How the variants that are shown look: the same wherever they are."""
    order = [one.variant for one in (comparison.base, *comparison.others)]
    ranks = [order.index(variant) for variant in shown]
    palette = style.series
    return Looks(
        tuple(shown),
        tuple(palette[rank % len(palette)] for rank in ranks),
        tuple(DASHES[(rank + rank // len(palette)) % len(DASHES)] for rank in ranks),
    )


def amounts_below() -> alt.Axis:
    """An axis of amounts below a panel, of which none stand on each other."""
    return alt.Axis(format=",~f", tickCount=3, labelOverlap=True, labelSeparation=8, domain=False, ticks=False)


def room_for(names: Iterable[str], most: int) -> int:
    """Room for names beside a panel, in pixels, in whatever letters a page has: as much as the longest asks, up to a
    limit."""
    return min(most, max(40, 16 + max((8 * len(name) for name in names), default=0)))


def legend(layout: Layout, offset: int = 18) -> alt.Legend:
    """A legend of lines."""
    columns = 2 if layout.narrow else 6
    return alt.Legend(symbolType="stroke", symbolStrokeWidth=3, symbolSize=300, columns=columns, offset=offset)


def lines_by_year(
    data: DataFrame,
    appearance: Looks,
    style: Style,
    layout: Layout,
    panels: Sequence[str],
    *,
    form: str | None = None,
    most: float | None = None,
    least: int = 270,
) -> Drawing:
    """A line for each variant by year, in panels with axes of their own.

    `data` has columns panel, year, variant, amount and words; `form` is the format of amounts and `most` the end of
    all axes, where they are not as the amounts ask; `least` is the room that a panel needs.
    """
    across = min(layout.columns(least), max(1, len(panels)))
    width = layout.panel(across)
    names = list(appearance.variants)
    axis = figures_axis() if form is None else alt.Axis(format=form, tickCount=4, domain=False, ticks=False)
    scale = alt.Scale(zero=True) if most is None else alt.Scale(domain=[0, most])

    def panel(part: DataFrame) -> Drawing:
        base = alt.Chart().encode(
            x=years_axis(data, width, 8),
            y=alt.Y("amount:Q", title=None, axis=axis, scale=scale),
            color=alt.Color(
                "variant:N",
                title=None,
                scale=alt.Scale(domain=names, range=list(appearance.colours)),
                legend=legend(layout, OFFSET),
            ),
        )
        dash = alt.StrokeDash(
            "variant:N",
            title=None,
            scale=alt.Scale(domain=names, range=[list(dash) for dash in appearance.dashes]),
            legend=legend(layout, OFFSET),
        )
        line = base.mark_line(strokeWidth=2.4, aria=False).encode(strokeDash=dash)
        points = base.mark_point(filled=True, size=46, opacity=1).encode(description="words:N")
        return alt.layer(line, points).properties(width=width, height=150, data=part)

    return grid(
        [
            panel(data[data["panel"] == name]).properties(title=panel_title(name, layout, width + AXIS))
            for name in panels
        ],
        across,
        SPACING + AXIS,
    )
