"""Charts of a search for break-even: which variant is cheaper where, what both cost with what is proven of it, and the
map of each good."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from math import inf, isfinite
from typing import Any

import altair as alt
from pandas import DataFrame

from reports.breakeven_findings import Comparison, MapCell, Piece, Range, Stretch, Study
from reports.charts.picture import Drawing, Layout, Picture, listed, money, unique_names
from reports.charts.style import Style

ON_SECOND = "#10151a"
"""Letters on the colour of the second variant, which is bright on paper and on dark screens alike."""

PALE = 0.28
"""Opacity of what is not proven, and of the bands between bound and plan."""

LEAST_FOR_TEXT = 44
"""Width of a cell, in pixels, below which no figure fits into it."""

SHORTEST = 14
"""Width of a stretch, in pixels, below which no mark fits into it."""

NEITHER = "neither"

Row = dict[str, Any]
"""A row of what a chart is drawn from."""


def breakeven_pictures(study: Study) -> Mapping[str, Picture]:
    """The charts of a study by name: one over all comparisons, one for each of them, one for each good of a map."""
    found: dict[str, Picture | None] = {"cheaper": cheaper_by_value(study)}
    for number, comparison in enumerate(study.comparisons, start=1):
        found[chart_name("costs", number, comparison.code or comparison.extent)] = costs_by_value(study, comparison)
    for number, good in enumerate(dict.fromkeys(cell.good for cell in study.cells), start=1):
        found[chart_name("map", number, good)] = cheaper_on_map(study, good)
    return {name: picture for name, picture in found.items() if picture is not None}


def chart_name(kind: str, number: int, code: str) -> str:
    """A name for a chart, and its file, whatever letters a code has."""
    letters = re.sub(r"[^a-z0-9]+", "-", code.lower()).strip("-")
    return "-".join(part for part in (kind, str(number), letters) if part)


def value_text(value: float) -> str:
    """A value of the parameter: six figures, never with an exponent."""
    return f"{Decimal(f'{value:.6g}'):,f}"


def variant_names(study: Study) -> tuple[str, str]:
    """Names of the two variants, never alike."""
    one, other = unique_names(dict(zip(study.variants, study.names, strict=True))).values()
    return one, other


def cheaper_by_value(study: Study) -> Picture | None:
    """Over all values of the parameter: which variant is cheaper, and whether that is proven; a row a comparison."""
    told = [one for one in study.comparisons if one.stretches and one.with_plans]
    if not told:
        return None
    names = variant_names(study)
    rows = unique_names({f"{one.extent} {one.code}": one.name for one in told})
    parts: list[Row] = []
    marks: list[Row] = []
    for one, row in zip(told, rows.values(), strict=True):
        parts += [_stretch(study, one, stretch, row) for stretch in one.stretches]
        marks += [_mark(study, crossing.estimate, row) for crossing in one.crossings]
    order = list(rows.values())

    def draw(style: Style, layout: Layout) -> Drawing:
        side = 118 if layout.narrow else 190
        width = layout.width - side - 24
        axis = alt.Axis(domain=False, ticks=False, labelPadding=6, labelLimit=side - 14)
        y = alt.Y("row:N", title=None, sort=None, scale=alt.Scale(domain=order), axis=axis)
        bars = alt.Chart(DataFrame(parts)).mark_bar(height=18, stroke=style.paper, strokeWidth=1)
        drawn = [
            bars.encode(
                y=y,
                x=_along_values(study, "start", titled=True),
                x2="end:Q",
                fill=_cheaper_colour(names, parts, style, layout),
                fillOpacity=_opacity(),
                description="words:N",
            )
        ]
        reach = (study.end - study.start) / max(width, 1) * SHORTEST
        unproven = [part for part in parts if part["mark"] and part["end"] - part["start"] > reach]
        if unproven:
            text = alt.Chart(DataFrame(unproven)).mark_text(color=style.ink, aria=False, fontSize=layout.letters)
            drawn.append(text.encode(y=y, x=_along_values(study, "middle", titled=True), text="mark:N"))
        if _is_present(study):
            drawn.append(_present(study, style, titled=True))
        if marks:
            tick = alt.Chart(DataFrame(marks)).mark_tick(color=style.ink, thickness=3, bandSize=28)
            drawn.append(tick.encode(y=y, x=_along_values(study, "value", titled=True), description="words:N"))
        return alt.layer(*drawn).properties(width=width, height=max(44, 34 * len(order)))

    turning = [one.name for one in told if one.crossings]
    if not turning:
        finding = "There is no break-even in the range."
    elif len(turning) > 4:
        finding = f"There is a break-even for {len(turning)} of {len(told)} rows."
    else:
        finding = f"There is a break-even for {listed(turning)}."
    now = " The dotted line is the value in the workbook." if _is_present(study) else ""
    return Picture(
        title=f"Which variant costs less, by {_parameter(study)}",
        reading="Full colour: proven; pale, with a question mark: by the best plans, not proven at this gap (or at the "
        f"solved values only); upright marks: break-even. {finding}{now}",
        tables=("Break-even", "Ranges", "Crossings"),
        draw=draw,
    )


def costs_by_value(study: Study, comparison: Comparison) -> Picture | None:
    """What both variants cost over the parameter with what is proven of it, and below it their difference."""
    names = variant_names(study)
    dots = list(_solved(comparison, names))
    if not dots:
        return None
    lines, bands = list(_plans(comparison.pieces, names)), list(_bands(comparison.pieces, names))
    joined = [dot for place in (0, 1) if comparison.shapes[place] == "free" for dot in dots if dot["place"] == place]
    gaps, gap_dots = list(_gaps(comparison.pieces)), list(_solved_gaps(comparison))
    marks = [_mark(study, crossing.estimate, "") for crossing in comparison.crossings]

    def draw(style: Style, layout: Layout) -> Drawing:
        width = layout.width - 96
        keyed = alt.Scale(domain=list(names), range=[style.series[0], style.series[1]])
        key = alt.Legend(columns=1 if layout.narrow else 2, symbolOpacity=1)
        colour, shape = (
            alt.Color("variant:N", title=None, scale=keyed, legend=key),
            alt.Shape("variant:N", title=None, scale=alt.Scale(domain=list(names), range=["circle", "square"])),
        )
        dash = alt.StrokeDash("variant:N", legend=None, scale=alt.Scale(domain=list(names), range=[[1, 0], [7, 3]]))
        x, y = _along_values(study, "value"), _amounts("cost")
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
        gap_y, gap_x = _amounts("difference"), _along_values(study, "value", titled=True)
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
        f"{study.instance.first_year}), by {_parameter(study)}",
        reading=f"Points are solved values; {between}. Below is the difference: above 0 {names[0]} costs less, below "
        f"0 {names[1]}, proven where the whole band lies on one side. {_turns(study, comparison)}",
        tables=("Curves", "Crossings", "Checks"),
        draw=draw,
    )


def cheaper_on_map(study: Study, good: str) -> Picture:
    """The cheaper variant of a good over freight and scale exponent, with where it turns."""
    names = variant_names(study)
    cells = [cell for cell in study.cells if cell.good == good]
    freights = sorted({cell.standing.value for cell in cells})
    exponents = sorted({cell.exponent for cell in cells})
    across, up = edges(freights), edges(exponents)
    rows = [_cell(study, cell, across[cell.standing.value], up[cell.exponent]) for cell in cells]
    turns = [
        {
            "freight": boundary.estimate,
            "exponent": boundary.exponent,
            "low": boundary.proven_low,
            "high": boundary.proven_high,
            "words": f"at exponent {value_text(boundary.exponent)} break-even at about {value_text(boundary.estimate)}",
        }
        for boundary in study.boundaries
        if boundary.good == good
    ]
    x_domain = [across[freights[0]][0], across[freights[-1]][1]]
    y_domain = [up[exponents[0]][0], up[exponents[-1]][1]]

    def draw(style: Style, layout: Layout) -> Drawing:
        width = min(layout.width - 70, max(280, 120 * len(freights)))
        rate = f"freight ({study.instance.currency or 'money'} per tonne and kilometre)"
        x_axis, y_axis = (
            alt.Axis(values=values, labelExpr=f"format(datum.value, '{value_format(values)}')", grid=False,
                     domain=False, labelOverlap=True, titlePadding=10)
            for values in (freights, exponents)
        )  # fmt: skip
        x_scale, y_scale = alt.Scale(domain=x_domain, nice=False), alt.Scale(domain=y_domain, nice=False)
        base = alt.Chart(DataFrame(rows))
        drawn = [
            base.mark_rect(stroke=style.paper, strokeWidth=2).encode(
                x=alt.X("left:Q", title=rate, scale=x_scale, axis=x_axis),
                x2="right:Q",
                y=alt.Y("low:Q", title="scale exponent of investment", scale=y_scale, axis=y_axis),
                y2="high:Q",
                fill=_cheaper_colour(names, rows, style, layout),
                fillOpacity=_opacity(),
                description="words:N",
            )
        ]
        x, y = alt.X("freight:Q", title=rate), alt.Y("exponent:Q", title="scale exponent of investment")
        if width / len(freights) >= LEAST_FOR_TEXT:
            letters = alt.Scale(domain=["pale", "first", "second"], range=[style.ink, style.paper, ON_SECOND])
            text = base.mark_text(fontSize=layout.letters, dy=-14, aria=False)
            drawn.append(text.encode(x=x, y=y, text="text:N", color=alt.Color("on:N", scale=letters, legend=None)))
        if turns:
            known = [turn for turn in turns if turn["low"] is not None and turn["high"] is not None]
            if known:
                span = alt.Chart(DataFrame(known)).mark_rule(color=style.ink, strokeWidth=2, aria=False)
                drawn.append(span.encode(x=alt.X("low:Q", title=rate), x2="high:Q", y=y))
            mark = alt.Chart(DataFrame(turns)).mark_point(
                shape="diamond", filled=True, size=120, color=style.ink, opacity=1, stroke=style.paper, strokeWidth=1.5
            )
            drawn.append(mark.encode(x=x, y=y, description="words:N"))
        return alt.layer(*drawn).properties(width=width, height=max(130, 56 * len(exponents)))

    compared = [cell.standing for cell in cells if cell.standing.with_plans]
    won = [sum(standing.cheaper == place for standing in compared) for place in (0, 1)]
    proven = sum(standing.proven for standing in compared)
    lacking = "" if len(compared) == len(cells) else f" In {len(cells) - len(compared)} cells a variant has no plan."
    return Picture(
        title=f"{study.instance.goods[good].name}: the cheaper variant, by freight and scale exponent "
        "(by how many per cent the other costs more)",
        reading="A cell is what was found at its freight and exponent. Full colour: proven; pale, with a question "
        "mark: by the best plans, not proven at this gap; diamonds: break-even along a row, the line through one what "
        f"is not proven around it. Of {len(compared)} cells {names[0]} is cheaper in {won[0]}, {names[1]} in {won[1]}; "
        f"proven: {proven}.{lacking}",
        tables=("Map", "Map boundaries"),
        draw=draw,
    )


def edges(values: Sequence[float]) -> dict[float, tuple[float, float]]:
    """Where the cell of each of ascending values begins and ends: half-way to its neighbours, the outer ones as far
    out as in."""
    if len(values) == 1:
        return {values[0]: (values[0] - 0.5, values[0] + 0.5)}
    middles = [(one + other) / 2 for one, other in pairwise(values)]
    starts = [2 * values[0] - middles[0], *middles]
    ends = [*middles, 2 * values[-1] - middles[-1]]
    return {value: (start, end) for value, start, end in zip(values, starts, ends, strict=True)}


def value_format(values: Sequence[float]) -> str:
    """How an axis shows values of a parameter."""
    return ",~f" if max(abs(value) for value in values) >= 1000 else "~g"


def _parameter(study: Study) -> str:
    """The parameter in a title, with its unit."""
    return f"{study.parameter}{f' ({study.unit})' if study.unit else ''}"


def _is_present(study: Study) -> bool:
    """Whether the value of the workbook lies within the range."""
    return study.now is not None and study.start <= study.now <= study.end


def _present(study: Study, style: Style, *, titled: bool) -> Drawing:
    """A line at the value of the workbook."""
    base = alt.Chart(DataFrame([{"value": study.now}]))
    rule = base.mark_rule(color=style.muted, strokeDash=[2, 3], strokeWidth=1.5, aria=False)
    return rule.encode(x=_along_values(study, "value", titled=titled))


def _along_values(study: Study, field: str, *, titled: bool = False) -> alt.X:
    """Values of the parameter, the whole range of them."""
    form = value_format((study.start, study.end))
    axis = alt.Axis(labelExpr=f"format(datum.value, '{form}')", grid=False, tickCount=6, labelOverlap=True)
    scale = alt.Scale(domain=[study.start, study.end], nice=False)
    return alt.X(f"{field}:Q", title=_parameter(study) if titled else None, scale=scale, axis=axis)


def _amounts(field: str) -> alt.Y:
    """Amounts of money, as close up as they lie."""
    axis = alt.Axis(format=",~f", tickCount=4, domain=False, ticks=False, labelPadding=8)
    return alt.Y(f"{field}:Q", title=None, scale=alt.Scale(zero=False), axis=axis)


def _above(text: str, layout: Layout, offset: int = 8) -> alt.TitleParams:
    """What a part of a drawing shows, above it."""
    return alt.TitleParams(
        text, fontSize=layout.letters, fontWeight=600, offset=offset, frame="group", limit=layout.width
    )


def _cheaper_colour(names: tuple[str, str], rows: Sequence[Row], style: Style, layout: Layout) -> alt.Fill:
    """A colour for each variant, and one where neither is cheaper, if that is so anywhere."""
    colours = {names[0]: style.series[0], names[1]: style.series[1]}
    if any(row["cheaper"] == NEITHER for row in rows):
        colours[NEITHER] = style.rest
    scale = alt.Scale(domain=list(colours), range=list(colours.values()))
    legend = alt.Legend(title="cheaper", titleOrient="top", columns=1 if layout.narrow else 3, offset=18)
    return alt.Fill("cheaper:N", scale=scale, legend=legend)


def _opacity() -> alt.FillOpacity:
    """Full where proven, pale where not."""
    return alt.FillOpacity("opacity:Q", scale=None, legend=None)


def _name(study: Study, place: int | None) -> str:
    return NEITHER if place is None else variant_names(study)[place]


def _stretch(study: Study, comparison: Comparison, stretch: Stretch, row: str) -> Row:
    span = f"from {value_text(stretch.start)} to {value_text(stretch.end)}"
    there = [standing for standing in comparison.standings if stretch.start <= standing.value <= stretch.end]
    same = "both cost the same" if all(one.with_plans for one in there) else "a variant without a plan"
    said = same if stretch.cheaper is None else f"{_name(study, stretch.cheaper)} is cheaper"
    return {
        "row": row,
        "start": stretch.start,
        "end": stretch.end,
        "middle": (stretch.start + stretch.end) / 2,
        "cheaper": _name(study, stretch.cheaper),
        "opacity": 1.0 if stretch.proof == "proven" else PALE,
        "mark": "" if stretch.proof == "proven" else "?",
        "words": f"{row}, {span}: {said}, {stretch.proof}",
    }


def _mark(study: Study, estimate: float, row: str) -> Row:
    unit = f" {study.unit}" if study.unit else ""
    words = f"break-even at about {value_text(estimate)}{unit}"
    right = estimate > (study.start + study.end) / 2
    label = f"break-even {value_text(estimate)}"
    return {"row": row, "value": estimate, "words": f"{row}: {words}" if row else words, "label": label, "right": right}


def _upright(study: Study, marks: Sequence[Row], style: Style, layout: Layout, *, labelled: bool) -> Iterator[Drawing]:
    """Lines at each break-even and at the value of the workbook."""
    if _is_present(study):
        yield _present(study, style, titled=not labelled)
    if not marks:
        return
    base = alt.Chart(DataFrame(list(marks)))
    x = _along_values(study, "value", titled=not labelled)
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


def _cell(study: Study, cell: MapCell, across: tuple[float, float], up: tuple[float, float]) -> Row:
    """A cell of a map: by how much the other variant costs more, and whether that is proven."""
    standing = cell.standing
    place = standing.cheaper if standing.with_plans else None
    more = "" if place is None else _more(standing.costs[place].upper, standing.costs[1 - place].upper)
    said = "neither is cheaper" if place is None else f"{_name(study, place)} is cheaper"
    by = f", the other costs {more} more" if more else ""
    proven = standing.proven and standing.with_plans
    words = f"{said}{by}, {'proven' if proven else 'not proven'}"
    text = f"{more}{'' if proven else ' ?'}".strip() or "="
    if not standing.with_plans:
        without = [_name(study, one) for one in (0, 1) if not isfinite(standing.costs[one].upper)]
        words, text = f"no plan of {listed(without)} is known", "no plan"
    return {
        "freight": standing.value,
        "exponent": cell.exponent,
        "left": across[0],
        "right": across[1],
        "low": up[0],
        "high": up[1],
        "cheaper": _name(study, place),
        "opacity": 1.0 if proven else PALE,
        "on": "pale" if not proven or place is None else ("first", "second")[place],
        "text": text,
        "words": f"freight {value_text(standing.value)}, exponent {value_text(cell.exponent)}: {words}",
    }


def _more(cheaper: float, dearer: float) -> str:
    """By how much more the dearer one costs, in per cent of the cheaper."""
    if not cheaper:
        return ""
    share = (dearer - cheaper) / abs(cheaper)
    return f"{share:.2%}" if share < 0.1 else f"{share:.0%}"
