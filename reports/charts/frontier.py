"""Charts of a frontier: its points with what is proven around them, and what each step costs."""

from collections.abc import Iterator, Mapping
from math import inf, isfinite
from typing import Any

import altair as alt
from pandas import DataFrame

from reports.charts.picture import Drawing, Layout, Picture, money
from reports.charts.style import Style
from reports.frontier import among, least_cost, outward
from reports.frontier_points import Frontier, FrontierPoint

ROOM = 0.08
"""Room around the points, as a part of what they span."""

PALE = 0.14
"""Opacity of what is proven to be empty."""

CROSS = "M-1,-1L1,1M1,-1L-1,1"
"""The shape of a plan that another is as good as."""

FIGURES = 4
"""Figures that a small amount is told with."""

Row = dict[str, Any]
"""A row of what a chart is drawn from."""


def frontier_pictures(found: Frontier) -> Mapping[str, Picture]:
    """The charts of a frontier by name."""
    made = {"frontier": frontier_points(found), "steps": step_prices(found)}
    return {name: picture for name, picture in made.items() if picture is not None}


def amount(value: float, number_format: str | None = None) -> str:
    """An amount in words: a share in per cent, thousands with commas, small ones with four figures."""
    if number_format is not None and number_format.endswith("%"):
        return f"{value:.2%}".replace("%", "\u00a0%")
    if abs(value) >= 1000 or value == round(value):
        return f"{value:,.0f}"
    return f"{value:.{FIGURES}g}" if abs(value) >= 1e-4 else f"{value:.6f}"


def frontier_points(found: Frontier) -> Picture | None:
    """The points, cost across and the measure up, the knee marked, and the region in which no plan can be."""
    if not found.points:
        return None
    aim, instance = found.aim, found.instance
    unit, form = aim.unit.name(instance), aim.unit.number_format
    shares = form is not None and form.endswith("%")
    points = [_point(found, number, point) for number, point in enumerate(found.points, start=1)]
    others = [
        {
            "cost": point.cost,
            "measure": point.measure,
            "words": f"a plan that another is as good as in both: {amount(point.measure, form)} for "
            f"{point.cost:,.0f} {money(instance)}",
        }
        for point in found.dominated
    ]
    across, up = _spans(found)
    empty = list(_empty(found, across[0], up[0]))
    ends = [points[0], points[-1]]

    def draw(style: Style, layout: Layout) -> Drawing:
        x = alt.X("cost:Q", title=f"cost ({money(instance)}, discounted to {instance.first_year})",
                  scale=alt.Scale(domain=across, nice=False), axis=alt.Axis(format=",~f", tickCount=4 if layout.narrow
                  else 7, labelOverlap=True, grid=False))  # fmt: skip
        title = f"{aim.figure.lower()}{f' ({unit})' if unit and not shares else ''}"
        y = alt.Y("measure:Q", title=title if not layout.narrow else None, scale=alt.Scale(domain=up, nice=False),
                  axis=alt.Axis(format=".1~%" if shares else ",~f", tickCount=6))  # fmt: skip
        drawn: list[Drawing] = []
        if empty:
            area = alt.Chart(DataFrame(empty)).mark_rect(color=style.ink, opacity=PALE)
            drawn.append(area.encode(x=x, x2="most:Q", y=y, y2="above:Q", description="words:N"))
        if len(points) > 1:
            line = alt.Chart(DataFrame(ends)).mark_line(color=style.muted, strokeDash=[3, 3], strokeWidth=1, aria=False)
            drawn.append(line.encode(x=x, y=y))
            steps = alt.Chart(DataFrame(points)).mark_line(color=style.series[0], strokeWidth=1.5, aria=False)
            drawn.append(steps.encode(x=x, y=y, order="number:Q"))
        proven = [point for point in points if point["bound"] is not None]
        if proven:
            rule = alt.Chart(DataFrame(proven)).mark_rule(color=style.series[0], strokeWidth=3, opacity=0.55)
            drawn.append(rule.encode(x=alt.X("bound:Q"), x2="cost:Q", y=y, description="words:N"))
        if others:
            cross = alt.Chart(DataFrame(others)).mark_point(shape=CROSS, size=70, color=style.muted)
            drawn.append(cross.encode(x=x, y=y, description="words:N"))
        kinds = alt.Scale(domain=["point of the frontier", "knee"], range=["circle", "diamond"])
        sizes = alt.Scale(domain=["point of the frontier", "knee"], range=[80, 220])
        colours = alt.Scale(domain=["point of the frontier", "knee"], range=[style.series[0], style.series[5]])
        legend = alt.Legend(title=None)
        dots = alt.Chart(DataFrame(points)).mark_point(filled=True, opacity=1, stroke=style.paper, strokeWidth=1)
        drawn.append(
            dots.encode(
                x=x,
                y=y,
                shape=alt.Shape("kind:N", scale=kinds, legend=legend),
                size=alt.Size("kind:N", scale=sizes, legend=None),
                color=alt.Color("kind:N", scale=colours, legend=legend),
                description="words:N",
            )
        )
        labels = alt.Chart(DataFrame(points)).mark_text(
            dx=9, dy=-9, align="left", color=style.ink, aria=False, fontSize=layout.letters, fontWeight=600
        )
        drawn.append(labels.encode(x=x, y=y, text="label:N"))
        return alt.layer(*drawn).properties(width=layout.width - 110, height=300 if layout.narrow else 400)

    first, last, knee = found.points[0], found.points[-1], found.knee
    read = "Each point is a plan; the lower, the better, and the further left, the cheaper."
    proofs = []
    if any(point["bound"] is not None for point in points):
        proofs.append(f"the bar left of a point reaches to what a {_as_good(found)} is proven to cost at least")
    if empty:
        proofs.append(f"no {among(found)} can be in the shaded region")
    proof = f" {_sentence(', and '.join(proofs))}" if proofs else ""
    finding = ""
    if len(found.points) > 1:
        finding = (
            f" From {amount(first.measure, form)} for {first.cost:,.0f} to {amount(last.measure, form)} for "
            f"{last.cost:,.0f} {money(instance)}"
        )
        finding += (
            f"; the knee is point {found.points.index(knee) + 1}, furthest below the dotted line between the ends."
            if knee is not None
            else "; no point lies below the dotted line between the ends, so there is no knee."
        )
    crosses = " Crosses are plans that another is as good as in both." if others else ""
    name = f"{aim.figure}{f' ({unit})' if unit else ''}"
    return Picture(
        title=f"{name} against cost ({money(instance)}): what more of one takes of the other",
        reading=f"{read}{proof}{crosses}{finding}",
        tables=("Frontier", "Plans"),
        draw=draw,
    )


def step_prices(found: Frontier) -> Picture | None:
    """What each step from a point to the next costs for each unit gained, with the range that is proven."""
    if not found.prices:
        return None
    aim, currency = found.aim, money(found.instance)
    known = [price.most * aim.step for price in found.prices if isfinite(price.most)]
    widest = max([price.value * aim.step for price in found.prices] + known) * 1.05
    rows: list[Row] = []
    for number, price in enumerate(found.prices, start=1):
        value, least = price.value * aim.step, price.least * aim.step
        most = price.most * aim.step
        low = outward(least, down=True)
        said = f"{low} to {outward(most, down=False)}" if isfinite(most) else f"at least {low}"
        name = f"point {number} to {number + 1}"
        rows.append(
            {
                "step": name,
                "value": value,
                "least": least,
                "most": min(most, widest),
                "edge": max(value, min(most, widest)),
                "text": f"{amount(value)}  ({said})",
                "words": f"{name}: {amount(value)} {currency} for a {aim.step_name}; least costs: {said}",
            }
        )

    def draw(style: Style, layout: Layout) -> Drawing:
        names, figures = (86, 128) if layout.narrow else (110, 220)
        data = alt.Chart(DataFrame(rows))
        y = alt.Y("step:N", title=None, sort=None, axis=alt.Axis(domain=False, ticks=False, labelPadding=6))
        scale = alt.Scale(domain=[0, widest], nice=False)
        x = alt.X("value:Q", title=None, scale=scale, axis=None)
        bars = data.mark_bar(color=style.series[0], height=14).encode(x=x, y=y, description="words:N")
        spread = data.mark_rule(color=style.ink, strokeWidth=2, aria=False).encode(x=alt.X("least:Q"), x2="most:Q", y=y)
        caps = [
            data.mark_tick(color=style.ink, thickness=2, bandSize=12, aria=False).encode(x=alt.X(f"{end}:Q"), y=y)
            for end in ("least", "most")
        ]
        text = data.mark_text(align="left", dx=8, color=style.ink, aria=False, fontSize=layout.letters)
        label = text.encode(x=alt.X("edge:Q"), y=y, text="text:N")
        size = {"width": layout.width - names - figures, "height": 30 * len(rows)}
        return alt.layer(bars, spread, *caps, label).properties(**size)

    endless = any(not isfinite(price.most) for price in found.prices)
    return Picture(
        title=f"What each step costs ({currency} for a {aim.step_name})",
        reading="A bar is the price between two plans that were found; the line over it, and the figures in brackets, "
        "are between which prices a step between least costs is proven to lie."
        + (" Where nothing bounds it from above, the line runs to the edge." if endless else ""),
        tables=("Steps",),
        draw=draw,
    )


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."


def _as_good(found: Frontier) -> str:
    return "plan as good" if found.held_uncovered == inf else f"{among(found)} and is as good"


def _none_with_so_little(found: Frontier) -> str:
    return "no plan with so little" if found.held_uncovered == inf else f"no {among(found)}, with so little,"


def _at_least(value: float, number_format: str | None) -> str:
    """A proven least amount in words, rounded down."""
    shares = number_format is not None and number_format.endswith("%")
    return f"{outward(100 * value, down=True)}\u00a0%" if shares else outward(value, down=True)


def _point(found: Frontier, number: int, point: FrontierPoint) -> Row:
    aim, last = found.aim, len(found.points)
    knee = point is found.knee
    names = [name for name, is_so in (("cheapest", number == 1), ("furthest", number == last), ("knee", knee)) if is_so]
    said = f" ({', '.join(names)})" if names and last > 1 else ""
    least = least_cost(point)
    proven = "" if least is None else f", proven to cost at least {least}"
    return {
        "number": number,
        "cost": point.cost,
        "measure": point.measure,
        "bound": point.cost_bound,
        "kind": "knee" if knee else "point of the frontier",
        "label": f"{number}{said}" if knee else str(number),
        "words": f"point {number}{said}: {amount(point.measure, aim.unit.number_format)} for {point.cost:,.0f} "
        f"{money(found.instance)}{proven}",
    }


def _spans(found: Frontier) -> tuple[list[float], list[float]]:
    """The ranges of both axes: all points and bounds, and some room."""
    plans = (*found.points, *found.dominated)
    costs = [point.cost for point in plans]
    costs += [point.cost_bound for point in found.points if point.cost_bound is not None]
    measures = [point.measure for point in plans]
    if found.least_measure is not None:
        measures.append(found.least_measure)
    return _roomy(min(costs), max(costs)), _roomy(min(measures), max(measures))


def _roomy(least: float, most: float) -> list[float]:
    room = (most - least) * ROOM or max(abs(most) * ROOM, 1e-3)
    return [least - room, most + room]


def _empty(found: Frontier, left: float, bottom: float) -> Iterator[Row]:
    """The region in which it is proven that no plan is: left of each point's bound, from its measure down to that of
    the next (all lower by the error of the bounds, if there is one), and all below the least measure."""
    lowest = bottom if found.least_measure is None else max(found.least_measure, bottom)
    measures = [point.measure - found.error for point in found.points]
    for point, top, under in zip(found.points, measures, [*measures[1:], lowest], strict=True):
        if point.cost_bound is not None and top > max(under, lowest) and point.cost_bound > left:
            words = f"{_none_with_so_little(found)} costs less than {least_cost(point)}"
            yield {
                "cost": left,
                "most": point.cost_bound,
                "measure": max(under, lowest),
                "above": top,
                "words": words,
            }
    if found.least_measure is not None and found.least_measure > bottom:
        right = _spans(found)[0][1]
        words = f"no {among(found)} comes below {_at_least(found.least_measure, found.aim.unit.number_format)}"
        yield {"cost": left, "most": right, "measure": bottom, "above": found.least_measure, "words": words}
