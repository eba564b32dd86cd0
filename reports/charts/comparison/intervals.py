"""The interval of each variant: from what is proven to what was found."""

import math
from typing import Any

import altair as alt
from pandas import DataFrame

from reports.charts.comparison.sides import room_for
from reports.charts.picture import Drawing, Layout, Picture
from reports.charts.style import Style
from reports.comparison import Compared, Comparison
from reports.comparison.likeness import alike_base, left_out
from reports.comparison.without_plan import without_plan
from reports.excel.cells import own_format, shown
from reports.summary import AIMS

ROOM = 0.06
"""Room beside the intervals, relative to their span."""


def intervals(comparison: Comparison) -> Picture | None:
    """Proven bound and value found of each variant whose objective is the base's."""
    base = comparison.base
    alike = {one.variant for one in alike_base(comparison)}
    told = [one for one in (base, *comparison.others) if one.variant in alike]
    ends = [end for one in told for end in (one.result.bound, one.result.objective) if end is not None]
    if not ends:
        return None
    aim = AIMS[base.instance.policy.objective]
    unit = aim.unit.name(base.instance)
    form = aim.unit.number_format

    def text(amount: float) -> str:
        return shown(amount, form if form is not None and form.endswith("%") else own_format(amount))

    def words(one: Compared) -> str:
        bound, value = one.result.bound, one.result.objective
        if value is None:
            return without_plan(one) + ("" if bound is None else f"; proven: at least {text(bound)}")
        if bound is None:
            return f"{text(value)} found, no bound proven"
        return f"{text(bound)} to {text(value)}" if text(bound) != text(value) else f"{text(value)}: proven"

    least, most = min(ends), max(ends)
    room = ROOM * (most - least or abs(most) or 1.0)
    order = [one.variant for one in told]
    data = DataFrame(
        [
            {
                "variant": one.variant,
                "bound": one.result.bound,
                "value": one.result.objective,
                "low": one.result.bound if one.result.bound is not None else one.result.objective,
                "high": one.result.objective if one.result.objective is not None else one.result.bound,
                "side": "left" if _middle(one) <= (least + most) / 2 else "right",
                "text": words(one),
                "words": f"{one.variant}: {words(one)}" + ("" if unit == "share" else f" {unit}"),
            }
            for one in told
        ]
    )

    def draw(style: Style, layout: Layout) -> Drawing:
        names = room_for(order, 120 if layout.narrow else 200)
        y = alt.Y("variant:N", title=None, sort=order, axis=alt.Axis(domain=False, ticks=False, labelLimit=names))
        across = alt.Scale(domain=[least - room, most + room], nice=False, zero=False)
        axis = alt.Axis(format=".0%" if form is not None and form.endswith("%") else ",~f", tickCount=4, domain=False)

        def x(field: str) -> alt.X:
            return alt.X(f"{field}:Q", title=None, scale=across, axis=axis)

        base_of = alt.Chart(data).encode(y=y)
        known = base_of.transform_filter("isValid(datum.low)")
        span = known.mark_bar(height=11, color=style.series[4]).encode(x=x("low"), x2="high:Q", description="words:N")
        bound = base_of.transform_filter("isValid(datum.bound)").mark_tick(thickness=3, height=20, color=style.ink)
        value = base_of.transform_filter("isValid(datum.value)").mark_point(
            filled=True, size=110, color=style.series[0], opacity=1
        )
        letters: dict[str, Any] = {"dy": -19, "fontSize": layout.letters, "color": style.ink, "aria": False}
        left = base_of.transform_filter("datum.side === 'left'").mark_text(align="left", **letters)
        right = base_of.transform_filter("datum.side === 'right'").mark_text(align="right", **letters)
        start = alt.X("edge:Q", title=None, scale=across, axis=axis)
        return alt.layer(
            span,
            bound.encode(x=x("bound"), description="words:N"),
            value.encode(x=x("value"), description="words:N"),
            left.encode(x=start, text="text:N").transform_calculate(edge=f"isValid(datum.low) ? datum.low : {least}"),
            right.encode(x=start, text="text:N").transform_calculate(edge="datum.high"),
        ).properties(width=layout.width - names - 20, height=54 * len(data))

    left = "".join(f" {one.variant} cannot be shown here, since {why}." for one, why in left_out(comparison))
    return Picture(
        title=f"{aim.figure} of each variant: from the proven bound to what was found ({unit})",
        reading="The line is the proven bound, the dot what was found: the best plan of a variant lies between them. "
        f"Where two bars share no amount, it is proven which is better. The axis does not begin at 0.{left}",
        tables=("Variants", "Proven differences"),
        draw=draw,
    )


def _middle(one: Compared) -> float:
    """The middle of what is known of a variant; as far left as can be where nothing is."""
    ends = [end for end in (one.result.bound, one.result.objective) if end is not None]
    return sum(ends) / len(ends) if ends else -math.inf
