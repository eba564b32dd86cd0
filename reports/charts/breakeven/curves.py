"""The chart of one comparison: what both variants cost by the parameter, with what is proven of it."""

from collections.abc import Iterator, Sequence
from math import inf, isfinite

import altair as alt
from pandas import DataFrame

from reports.breakeven_findings import Comparison, Piece, Range, Study
from reports.charts.breakeven.values import (
    PALE,
    Row,
    along_values,
    has_present,
    mark_of,
    parameter_with_unit,
    present_line,
    value_text,
    variant_names,
)
from reports.charts.picture import Drawing, Layout, Picture, listed, money
from reports.charts.style import Style


def costs_by_value(study: Study, comparison: Comparison) -> Picture | None:
    """What both variants cost over the parameter with what is proven of it, and below it their difference."""
    names = variant_names(study)
    dots = list(_solved(comparison, names))
    if not dots:
        return None
    lines, bands = list(_plans(comparison.pieces, names)), list(_bands(comparison.pieces, names))
    joined = [dot for place in (0, 1) if comparison.shapes[place] == "free" for dot in dots if dot["place"] == place]
    gaps, gap_dots = list(_gaps(comparison.pieces)), list(_solved_gaps(comparison))
    marks = [mark_of(study, crossing.estimate, "") for crossing in comparison.crossings]

    def draw(style: Style, layout: Layout) -> Drawing:
        width = layout.width - 96
        keyed = alt.Scale(domain=list(names), range=[style.series[0], style.series[1]])
        key = alt.Legend(columns=1 if layout.narrow else 2, symbolOpacity=1)
        colour, shape = (
            alt.Color("variant:N", title=None, scale=keyed, legend=key),
            alt.Shape("variant:N", title=None, scale=alt.Scale(domain=list(names), range=["circle", "square"])),
        )
        dash = alt.StrokeDash("variant:N", legend=None, scale=alt.Scale(domain=list(names), range=[[1, 0], [7, 3]]))
        x, y = along_values(study, "value"), _amounts("cost")
        drawn: list[Drawing] = []
        if bands:
            area = alt.Chart(DataFrame(bands)).mark_area(opacity=PALE, aria=False)
            drawn.append(area.encode(x=x, y=y, y2="upper:Q", color=colour, detail="piece:N"))
        if lines:
            line = alt.Chart(DataFrame(lines)).mark_line(strokeWidth=2, aria=False)
            drawn.append(line.encode(x=x, y=y, color=colour, strokeDash=dash, detail="piece:N"))
        if joined:
            line = alt.Chart(DataFrame(joined)).mark_line(strokeWidth=1, strokeDash=[2, 3], aria=False)
            drawn.append(line.encode(x=x, y=y, color=colour))
        bounded = [dot for dot in dots if dot["least"] is not None]
        if bounded:
            bar = alt.Chart(DataFrame(bounded)).mark_rule(strokeWidth=1.5, aria=False)
            drawn.append(bar.encode(x=x, y=y, y2="least:Q", color=colour))
        point = alt.Chart(DataFrame(dots)).mark_point(filled=True, size=60, opacity=1, stroke=style.paper)
        drawn.append(point.encode(x=x, y=y, color=colour, shape=shape, description="words:N"))
        drawn += _upright(study, marks, style, layout, labelled=True)
        costs = alt.layer(*drawn).properties(width=width, height=230, title=_above("cost", layout, 24 if marks else 8))
        if not gap_dots:
            return costs
        below: list[Drawing] = []
        known = [gap for gap in gaps if gap["least"] is not None and gap["most"] is not None]
        gap_y, gap_x = _amounts("difference"), along_values(study, "value", titled=True)
        if known:
            area = alt.Chart(DataFrame(known)).mark_area(opacity=PALE, color=style.muted, aria=False)
            below.append(area.encode(x=gap_x, y=_amounts("least"), y2="most:Q", detail="piece:N"))
        drawn_gaps = [gap for gap in gaps if gap["difference"] is not None]
        if drawn_gaps:
            line = alt.Chart(DataFrame(drawn_gaps)).mark_line(strokeWidth=2, color=style.ink, aria=False)
            below.append(line.encode(x=gap_x, y=gap_y, detail="piece:N"))
        zero = alt.Chart(DataFrame([{"difference": 0.0}])).mark_rule(color=style.muted, aria=False)
        below.append(zero.encode(y=gap_y))
        point = alt.Chart(DataFrame(gap_dots)).mark_point(filled=True, size=45, color=style.ink, opacity=1)
        below.append(point.encode(x=gap_x, y=gap_y, description="words:N"))
        below += _upright(study, marks, style, layout, labelled=False)
        title = _above(f"{names[1]} less {names[0]}", layout)
        under = alt.layer(*below).properties(width=width, height=120, title=title)
        return alt.vconcat(costs, under, spacing=30)

    between = (
        "thin dotted lines join solved values, between which nothing is proven"
        if "free" in comparison.shapes
        else "lines are the best plans known, bands reach down to what no plan can cost less than"
    )
    return Picture(
        title=f"{comparison.name}: what both variants cost ({money(study.instance)}, discounted to "
        f"{study.instance.first_year}), by {parameter_with_unit(study)}",
        reading=f"Points are solved values; {between}. Below is the difference: above 0 {names[0]} costs less, below "
        f"0 {names[1]}, proven where the whole band lies on one side. {_turns(study, comparison)}",
        tables=("Curves", "Crossings", "Checks"),
        draw=draw,
    )


def _amounts(field: str) -> alt.Y:
    """Amounts of money, as close up as they lie."""
    axis = alt.Axis(format=",~f", tickCount=4, domain=False, ticks=False, labelPadding=8)
    return alt.Y(f"{field}:Q", title=None, scale=alt.Scale(zero=False), axis=axis)


def _above(text: str, layout: Layout, offset: int = 8) -> alt.TitleParams:
    """What a part of a drawing shows, above it."""
    return alt.TitleParams(
        text, fontSize=layout.letters, fontWeight=600, offset=offset, frame="group", limit=layout.width
    )


def _upright(study: Study, marks: Sequence[Row], style: Style, layout: Layout, *, labelled: bool) -> Iterator[Drawing]:
    """Lines at each break-even and at the value of the workbook."""
    if has_present(study):
        yield present_line(study, style, titled=not labelled)
    if not marks:
        return
    base = alt.Chart(DataFrame(list(marks)))
    x = along_values(study, "value", titled=not labelled)
    yield base.mark_rule(color=style.ink, strokeDash=[6, 3], strokeWidth=1.5).encode(x=x, description="words:N")
    for right in (True, False) if labelled else ():
        own = [mark for mark in marks if mark["right"] is right]
        if own:
            text = alt.Chart(DataFrame(own)).mark_text(
                align="right" if right else "left", dx=-2 if right else 2, dy=-8, color=style.ink, aria=False,
                fontSize=layout.letters, fontWeight=600,
            )  # fmt: skip
            yield text.encode(x=x, y=alt.value(0), text="label:N")


def _plans(pieces: Sequence[Piece], names: tuple[str, str]) -> Iterator[Row]:
    """The cost of the best plans known, piece by piece."""
    for place, name in enumerate(names):
        for number, value, cost in _ends(pieces, place):
            if isfinite(cost.upper):
                yield {"variant": name, "piece": f"{name} {number}", "value": value, "cost": cost.upper}


def _bands(pieces: Sequence[Piece], names: tuple[str, str]) -> Iterator[Row]:
    """From what is proven to the best plan, piece by piece."""
    for place, name in enumerate(names):
        for number, value, cost in _ends(pieces, place):
            if isfinite(cost.upper) and isfinite(cost.lower):
                yield {
                    "variant": name,
                    "piece": f"{name} {number}",
                    "value": value,
                    "cost": cost.lower,
                    "upper": cost.upper,
                }


def _ends(pieces: Sequence[Piece], place: int) -> Iterator[tuple[int, float, Range]]:
    for number, piece in enumerate(pieces):
        yield number, piece.start, piece.at_start[place]
        yield number, piece.end, piece.at_end[place]


def _gaps(pieces: Sequence[Piece]) -> Iterator[Row]:
    """The second variant's cost less the first one's, piece by piece, with what is proven of it."""
    for number, piece in enumerate(pieces):
        for value, (first, second) in ((piece.start, piece.at_start), (piece.end, piece.at_end)):
            yield {
                "piece": number,
                "value": value,
                "difference": _less(second.upper, first.upper),
                "least": _less(second.lower, first.upper),
                "most": _less(second.upper, first.lower),
            }


def _solved(comparison: Comparison, names: tuple[str, str]) -> Iterator[Row]:
    """Each value at which a variant was solved and has a plan."""
    for place, name in enumerate(names):
        for standing in comparison.standings:
            cost = standing.costs[place]
            if standing.solved[place] and isfinite(cost.upper):
                known = isfinite(cost.lower)
                proven = f", proven to cost at least {cost.lower:,.0f}" if known else ""
                yield {
                    "place": place,
                    "variant": name,
                    "value": standing.value,
                    "cost": cost.upper,
                    "least": cost.lower if known else None,
                    "words": f"{name} at {value_text(standing.value)}: {cost.upper:,.0f}{proven}",
                }


def _solved_gaps(comparison: Comparison) -> Iterator[Row]:
    """The difference at each solved value at which plans of both are known."""
    for standing in comparison.standings:
        first, second = standing.costs
        difference = _less(second.upper, first.upper)
        if difference is not None:
            words = f"at {value_text(standing.value)}: difference {difference:,.0f}"
            yield {"value": standing.value, "difference": difference, "words": words}


def _less(one: float, other: float) -> float | None:
    return one - other if abs(one) < inf and abs(other) < inf else None


def _turns(study: Study, comparison: Comparison) -> str:
    """Where the answer turns, in a sentence; all that is proven of it is told in words beside the chart."""
    unit = f" {study.unit}" if study.unit else ""
    if not comparison.crossings:
        return "They do not cross in the range."
    return f"Break-even is at about {listed(value_text(one.estimate) for one in comparison.crossings)}{unit}."
