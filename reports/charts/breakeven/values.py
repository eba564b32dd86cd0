"""Variants and values of the parameter, as all charts of a search for break-even show them."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import altair as alt
from pandas import DataFrame

from reports.breakeven_findings import Study
from reports.charts.picture import Drawing, Layout, unique_names
from reports.charts.style import Style

PALE = 0.28
"""Opacity of what is not proven, and of the bands between bound and plan."""

NEITHER = "neither"

Row = dict[str, Any]
"""A row of what a chart is drawn from."""


def value_text(value: float) -> str:
    """A value of the parameter: six figures, never with an exponent."""
    return f"{Decimal(f'{value:.6g}'):,f}"


def value_format(values: Sequence[float]) -> str:
    """How an axis shows values of a parameter."""
    return ",~f" if max(abs(value) for value in values) >= 1000 else "~g"


def variant_names(study: Study) -> tuple[str, str]:
    """Names of the two variants, never alike."""
    one, other = unique_names(dict(zip(study.variants, study.names, strict=True))).values()
    return one, other


def name_of(study: Study, place: int | None) -> str:
    """The variant at a place (0 or 1), or that it is neither."""
    return NEITHER if place is None else variant_names(study)[place]


def cheaper_colour(names: tuple[str, str], rows: Sequence[Row], style: Style, layout: Layout) -> alt.Fill:
    """A colour for each variant, and one where neither is cheaper, if that is so anywhere."""
    colours = {names[0]: style.series[0], names[1]: style.series[1]}
    if any(row["cheaper"] == NEITHER for row in rows):
        colours[NEITHER] = style.rest
    scale = alt.Scale(domain=list(colours), range=list(colours.values()))
    legend = alt.Legend(title="cheaper", titleOrient="top", columns=1 if layout.narrow else 3, offset=18)
    return alt.Fill("cheaper:N", scale=scale, legend=legend)


def opacity_of_proof() -> alt.FillOpacity:
    """Full where proven, pale where not."""
    return alt.FillOpacity("opacity:Q", scale=None, legend=None)


def parameter_with_unit(study: Study) -> str:
    """The parameter in a title, with its unit."""
    return f"{study.parameter}{f' ({study.unit})' if study.unit else ''}"


def has_present(study: Study) -> bool:
    """Whether the value of the workbook lies within the range."""
    return study.now is not None and study.start <= study.now <= study.end


def along_values(study: Study, field: str, *, titled: bool = False) -> alt.X:
    """Values of the parameter, the whole range of them."""
    form = value_format((study.start, study.end))
    axis = alt.Axis(labelExpr=f"format(datum.value, '{form}')", grid=False, tickCount=6, labelOverlap=True)
    scale = alt.Scale(domain=[study.start, study.end], nice=False)
    return alt.X(f"{field}:Q", title=parameter_with_unit(study) if titled else None, scale=scale, axis=axis)


def present_line(study: Study, style: Style, *, titled: bool) -> Drawing:
    """A line at the value of the workbook."""
    base = alt.Chart(DataFrame([{"value": study.now}]))
    rule = base.mark_rule(color=style.muted, strokeDash=[2, 3], strokeWidth=1.5, aria=False)
    return rule.encode(x=along_values(study, "value", titled=titled))


def mark_of(study: Study, estimate: float, row: str) -> Row:
    """What is drawn at a break-even, in the named row of a chart that has several."""
    unit = f" {study.unit}" if study.unit else ""
    words = f"break-even at about {value_text(estimate)}{unit}"
    right = estimate > (study.start + study.end) / 2
    label = f"break-even {value_text(estimate)}"
    return {"row": row, "value": estimate, "words": f"{row}: {words}" if row else words, "label": label, "right": right}
