"""The chart of a search for break-even that shows over all values of the parameter which variant is cheaper."""

import altair as alt
from pandas import DataFrame

from reports.breakeven_findings import Comparison, Stretch, Study
from reports.charts.breakeven.values import (
    PALE,
    Row,
    along_values,
    cheaper_colour,
    has_present,
    mark_of,
    name_of,
    opacity_of_proof,
    parameter_with_unit,
    present_line,
    value_text,
    variant_names,
)
from reports.charts.picture import Drawing, Layout, Picture, listed, unique_names
from reports.charts.style import Style

SHORTEST = 14
"""Width of a stretch, in pixels, below which no mark fits into it."""


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
        marks += [mark_of(study, crossing.estimate, row) for crossing in one.crossings]
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
                x=along_values(study, "start", titled=True),
                x2="end:Q",
                fill=cheaper_colour(names, parts, style, layout),
                fillOpacity=opacity_of_proof(),
                description="words:N",
            )
        ]
        reach = (study.end - study.start) / max(width, 1) * SHORTEST
        unproven = [part for part in parts if part["mark"] and part["end"] - part["start"] > reach]
        if unproven:
            text = alt.Chart(DataFrame(unproven)).mark_text(color=style.ink, aria=False, fontSize=layout.letters)
            drawn.append(text.encode(y=y, x=along_values(study, "middle", titled=True), text="mark:N"))
        if has_present(study):
            drawn.append(present_line(study, style, titled=True))
        if marks:
            tick = alt.Chart(DataFrame(marks)).mark_tick(color=style.ink, thickness=3, bandSize=28)
            drawn.append(tick.encode(y=y, x=along_values(study, "value", titled=True), description="words:N"))
        return alt.layer(*drawn).properties(width=width, height=max(44, 34 * len(order)))

    turning = [one.name for one in told if one.crossings]
    if not turning:
        finding = "There is no break-even in the range."
    elif len(turning) > 4:
        finding = f"There is a break-even for {len(turning)} of {len(told)} rows."
    else:
        finding = f"There is a break-even for {listed(turning)}."
    now = " The dotted line is the value in the workbook." if has_present(study) else ""
    return Picture(
        title=f"Which variant costs less, by {parameter_with_unit(study)}",
        reading="Full colour: proven; pale, with a question mark: by the best plans, not proven at this gap (or at the "
        f"solved values only); upright marks: break-even. {finding}{now}",
        tables=("Break-even", "Ranges", "Crossings"),
        draw=draw,
    )


def _stretch(study: Study, comparison: Comparison, stretch: Stretch, row: str) -> Row:
    span = f"from {value_text(stretch.start)} to {value_text(stretch.end)}"
    there = [standing for standing in comparison.standings if stretch.start <= standing.value <= stretch.end]
    same = "both cost the same" if all(one.with_plans for one in there) else "a variant without a plan"
    said = same if stretch.cheaper is None else f"{name_of(study, stretch.cheaper)} is cheaper"
    return {
        "row": row,
        "start": stretch.start,
        "end": stretch.end,
        "middle": (stretch.start + stretch.end) / 2,
        "cheaper": name_of(study, stretch.cheaper),
        "opacity": 1.0 if stretch.proof == "proven" else PALE,
        "mark": "" if stretch.proof == "proven" else "?",
        "words": f"{row}, {span}: {said}, {stretch.proof}",
    }
