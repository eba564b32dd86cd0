"""Where each good comes from in the last year, variant by variant."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

import altair as alt
from pandas import DataFrame

from models.instance import Instance
from models.measures.sources import EXISTING, IMPORTS, SHORTAGE
from models.plan import Plan
from reports.charts.comparison.sides import UNDER_PANELS, amounts_below, missing, room_for, with_plan
from reports.charts.panels import OFFSET, grid, panel_title
from reports.charts.picture import SPACING, Drawing, Layout, Picture, good_names, listed, percent, scale_names
from reports.charts.style import Style
from reports.comparison import Compared, Comparison
from reports.comparison.measured import its_plan

LEAST = 1e-6
"""Tonnes below this are none."""


def kinds(comparison: Comparison) -> dict[str, str]:
    """Names of sources by kind: existing plants, scales of new ones, imports, nothing; of all variants together."""
    scales: dict[str, str] = {}
    for one in (comparison.base, *comparison.others):
        for code, name in scale_names(one.instance).items():
            scales.setdefault(code, f"new: {name}")
    return {EXISTING: "existing plants", **scales, IMPORTS: "imports", SHORTAGE: "not met"}


def kind_colours(comparison: Comparison, style: Style) -> dict[str, str]:
    """Colours of sources by kind."""
    known = kinds(comparison)
    scales = [kind for kind in known if kind not in (EXISTING, IMPORTS, SHORTAGE)]
    own = {kind: style.scale(rank) for rank, kind in enumerate(scales)}
    return {EXISTING: style.rest, **own, IMPORTS: style.series[1], SHORTAGE: style.series[6]}


def supply_by_source(comparison: Comparison) -> Picture | None:
    """Tonnes of each good by source, in the last year, by variant."""
    told = with_plan(comparison)
    names = kinds(comparison)
    rows = [row for one in told for row in _rows(one, names)]
    data = DataFrame(rows)
    if data.empty or float(data["amount"].max()) <= LEAST:
        return None
    order = [one.variant for one in told]
    panels = list(dict.fromkeys(data["panel"]))
    found = [kind for kind in names if float(data.loc[data["kind"] == kind, "amount"].max()) > LEAST]

    def draw(style: Style, layout: Layout) -> Drawing:
        colours = kind_colours(comparison, style)
        across = min(layout.columns(270), len(panels))
        side = room_for(order, 130)
        width = layout.width // across - side - SPACING

        def panel(name: str) -> Drawing:
            part = data[(data["panel"] == name) & data["kind"].isin(found)]
            labels = alt.Axis(domain=False, ticks=False, labelLimit=side)
            return (
                alt.Chart(part)
                .mark_bar()
                .encode(
                    y=alt.Y("variant:N", title=None, sort=order, axis=labels),
                    x=alt.X("amount:Q", title=None, stack="zero", axis=amounts_below()),
                    color=alt.Color(
                        "part:N",
                        title=None,
                        scale=alt.Scale(
                            domain=[names[kind] for kind in found], range=[colours[kind] for kind in found]
                        ),
                        legend=alt.Legend(columns=1 if layout.narrow else 6, offset=OFFSET),
                    ),
                    order=alt.Order("rank:Q"),
                    description="words:N",
                )
                .properties(width=width, height=26 * len(order), title=panel_title(name, layout))
            )

        return grid([panel(name) for name in panels], across, SPACING + side, UNDER_PANELS)

    years = listed(dict.fromkeys(str(one.instance.last_year) for one in told))
    imported = data[data["kind"].isin([IMPORTS, SHORTAGE])].groupby("variant", sort=False)["amount"].sum()
    whole = data.groupby("variant", sort=False)["amount"].sum()
    parts = [
        f"{variant} {percent(imported[variant] / whole[variant])}" for variant in order if whole[variant] > LEAST
    ]  # fmt: skip
    return Picture(
        title=f"Where each good comes from in {years}, by variant (tonnes a year)",
        reading="Bars stack up what existing and new plants make, what is imported and what is not met; panels have "
        f"axes of their own. Imported or not met, of all tonnes: {listed(parts)}.{missing(comparison)}",
        tables=("Results", "Sources that changed"),
        draw=draw,
    )


def tonnes_by_source(instance: Instance, plan: Plan, year: int) -> Mapping[tuple[str, str], float]:
    """Tonnes by (good, kind of source) in a year: made by new plants of a scale or existing ones, imported, not met."""
    found: dict[tuple[str, str], float] = defaultdict(float)
    for (_, code, when), tonnes in plan.produce.items():
        if when == year:
            design = instance.designs[code]
            found[design.good, design.scale] += tonnes
    families = ((EXISTING, plan.produce_existing), (IMPORTS, plan.imports), (SHORTAGE, plan.shortage))
    for kind, family in families:
        for (_, good, when), tonnes in family.items():
            if when == year:
                found[good, kind] += tonnes
    return found


def _rows(one: Compared, names: Mapping[str, str]) -> Iterator[Mapping[str, object]]:
    year = one.instance.last_year
    found = tonnes_by_source(one.instance, its_plan(one), year)
    for good, name in good_names(one.instance).items():
        whole = sum(found.get((good, kind), 0.0) for kind in names)
        for rank, (kind, part) in enumerate(names.items()):
            tonnes = found.get((good, kind), 0.0)
            yield {
                "panel": name,
                "variant": one.variant,
                "kind": kind,
                "part": part,
                "rank": rank,
                "amount": tonnes,
                "words": f"{one.variant}, {name}, {year}, {part}: {tonnes:,.0f} t of {whole:,.0f} t",
            }
