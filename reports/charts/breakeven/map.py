"""The map of a good: the cheaper variant over freight and scale exponent."""

from collections.abc import Sequence
from itertools import pairwise
from math import isfinite

import altair as alt
from pandas import DataFrame

from reports.breakeven_findings import MapCell, Study
from reports.charts.breakeven.values import (
    PALE,
    Row,
    cheaper_colour,
    name_of,
    opacity_of_proof,
    value_format,
    value_text,
    variant_names,
)
from reports.charts.picture import Drawing, Layout, Picture, listed
from reports.charts.style import Style

ON_SECOND = "#10151a"
"""Letters on the colour of the second variant, which is bright on paper and on dark screens alike."""

LEAST_FOR_TEXT = 44
"""Width of a cell, in pixels, below which no figure fits into it."""


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
                fill=cheaper_colour(names, rows, style, layout),
                fillOpacity=opacity_of_proof(),
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


def _cell(study: Study, cell: MapCell, across: tuple[float, float], up: tuple[float, float]) -> Row:
    """A cell of a map: by how much the other variant costs more, and whether that is proven."""
    standing = cell.standing
    place = standing.cheaper if standing.with_plans else None
    more = "" if place is None else _more(standing.costs[place].upper, standing.costs[1 - place].upper)
    said = "neither is cheaper" if place is None else f"{name_of(study, place)} is cheaper"
    by = f", the other costs {more} more" if more else ""
    proven = standing.proven and standing.with_plans
    words = f"{said}{by}, {'proven' if proven else 'not proven'}"
    text = f"{more}{'' if proven else ' ?'}".strip() or "="
    if not standing.with_plans:
        without = [name_of(study, one) for one in (0, 1) if not isfinite(standing.costs[one].upper)]
        words, text = f"no plan of {listed(without)} is known", "no plan"
    return {
        "freight": standing.value,
        "exponent": cell.exponent,
        "left": across[0],
        "right": across[1],
        "low": up[0],
        "high": up[1],
        "cheaper": name_of(study, place),
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
