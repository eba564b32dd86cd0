"""From the cost of the base to that of each other variant, term by term."""

from collections.abc import Iterator, Mapping

import altair as alt
from pandas import DataFrame

from reports.charts.comparison.sides import UNDER_PANELS, missing, room_for, with_plan
from reports.charts.panels import panel_title
from reports.charts.picture import SPACING, Drawing, Layout, Picture, listed, money
from reports.charts.style import Style
from reports.comparison import Compared, Comparison
from reports.comparison.measured import costs_by_term

MOST_TERMS = 9
"""Terms with a bar of their own in a panel; the others are drawn together."""
LEAST = 1e-6
"""Changes below this, relative to the cost of the base, are none."""
OTHER = "other terms"
KINDS = ("costs more", "costs less", "whole cost")


def cost_waterfall(comparison: Comparison) -> Picture | None:
    """Which terms make a variant's plan dearer or cheaper than the base's."""
    base = comparison.base
    if base.plan is None:
        return None
    others = [one for one in with_plan(comparison) if one is not base and not comparison.costs_apart(one)]
    if not others:
        return None
    unit = f"{money(base.instance)}, discounted to {base.instance.first_year}"
    data = DataFrame([row for other in others for row in _rows(base, other, unit)])
    panels = [other.variant for other in others]
    low, high = float(data[["start", "end"]].min().min()), float(data[["start", "end"]].max().max())
    span = high - low or abs(high) or 1.0

    def draw(style: Style, layout: Layout) -> Drawing:
        across = min(layout.columns(430), len(panels))
        names = room_for(data["term"], 120 if layout.narrow else 165)
        width = (layout.width - SPACING * (across - 1)) // across - names
        room = 0.42 if layout.narrow or across > 1 else 0.2
        scale = alt.Scale(domain=[low - 0.04 * span, high + room * span], nice=False, zero=False)
        colours = alt.Color(
            "kind:N",
            title=None,
            scale=alt.Scale(domain=list(KINDS), range=[style.series[5], style.series[0], style.ink]),
            legend=alt.Legend(columns=1 if layout.narrow else 3, offset=18, symbolType="square", symbolOpacity=1),
        )

        def panel(variant: str) -> Drawing:
            part = data[data["panel"] == variant]
            axis = alt.Axis(format=",~f", tickCount=3, domain=False, ticks=False, labelFlush=True)
            here = alt.Chart(part).encode(
                y=alt.Y(
                    "term:N",
                    title=None,
                    sort=list(part["term"]),
                    axis=alt.Axis(domain=False, ticks=False, labelLimit=names),
                ),
                color=colours,
            )
            begin = alt.X("start:Q", title=None, scale=scale, axis=axis)
            bars = here.transform_filter(f"datum.kind !== '{KINDS[2]}'").mark_bar()
            whole = here.transform_filter(f"datum.kind === '{KINDS[2]}'").mark_tick(thickness=4, height=20, opacity=1)
            text = alt.Chart(part).mark_text(align="left", dx=6, fontSize=layout.letters, color=style.ink, aria=False)
            return alt.layer(
                bars.encode(x=begin, x2="end:Q", description="words:N"),
                whole.encode(x=alt.X("end:Q", title=None, scale=scale, axis=axis), description="words:N"),
                text.encode(
                    y=alt.Y("term:N", title=None, sort=list(part["term"])),
                    x=alt.X("right:Q", title=None, scale=scale, axis=axis),
                    text="text:N",
                ),
            ).properties(width=width, height=25 * len(part), title=panel_title(variant, layout))

        drawn = [panel(variant) for variant in panels]
        spacing = {"row": UNDER_PANELS, "column": SPACING}
        return alt.concat(*drawn, columns=across, spacing=spacing).resolve_scale(y="independent", x="independent")

    return Picture(
        title=f"What makes the other variants dearer or cheaper than {base.variant}, by cost term ({unit})",
        reading=f"From the whole cost of {base.variant}, the line at the top, each bar moves by what a term costs more "
        f"or less, down to the whole cost of the other variant at the bottom. The axis does not begin at 0. "
        f"{_finding(base, others)}{missing(comparison)}{_apart(comparison)}",
        tables=("Cost changes by good", "Results"),
        draw=draw,
    )


def changes(base: Compared, other: Compared) -> Mapping[str, float]:
    """What each cost term of a variant is more than the base's, the most first; small ones are added up last."""
    before, after = costs_by_term(base), costs_by_term(other)
    moved = {term: after.get(term, 0.0) - before.get(term, 0.0) for term in {**before, **after}}
    dust = LEAST * sum(abs(amount) for amount in before.values())
    large = sorted((term for term in moved if abs(moved[term]) > dust), key=lambda term: -abs(moved[term]))
    own = large if len(large) <= MOST_TERMS else large[: MOST_TERMS - 1]
    rest = sum(moved.values()) - sum(moved[term] for term in own)
    found = {term.replace("_", " "): moved[term] for term in sorted(own, key=lambda term: -moved[term])}
    return {**found, OTHER: rest} if abs(rest) > dust else found


def _rows(base: Compared, other: Compared, unit: str) -> Iterator[Mapping[str, object]]:
    level = sum(costs_by_term(base).values())
    yield _row(other.variant, f"{base.variant}, all", level, level, KINDS[2], f"{level:,.0f}", unit)
    for term, change in changes(base, other).items():
        yield _row(other.variant, term, level, level + change, KINDS[change < 0], f"{change:+,.0f}", unit)
        level += change
    whole = sum(costs_by_term(other).values())
    yield _row(other.variant, f"{other.variant}, all", whole, whole, KINDS[2], f"{whole:,.0f}", unit)


def _row(panel: str, term: str, start: float, end: float, kind: str, text: str, unit: str) -> Mapping[str, object]:
    return {
        "panel": panel,
        "term": term,
        "start": start,
        "end": end,
        "right": max(start, end),
        "kind": kind,
        "text": text,
        "words": f"{panel}: {term} {text} {unit}",
    }


def _apart(comparison: Comparison) -> str:
    """A sentence for each variant with a plan whose costs are not set against the base's."""
    apart = ((one.variant, comparison.costs_apart(one)) for one in with_plan(comparison))
    return "".join(f" Costs of {variant} are not set against these, since {why}." for variant, why in apart if why)


def _finding(base: Compared, others: list[Compared]) -> str:
    parts = []
    for other in others:
        moved = changes(base, other)
        if moved:
            term = max(moved, key=lambda name: abs(moved[name]))
            parts.append(f"{term} ({moved[term]:+,.0f}) with {other.variant}")
    return (
        f"What moves most between the plans found: {listed(parts)}."
        if parts
        else "The plans found cost the same in every term."
    )
