"""Charts of a ranking: how sure each county's year is, how many picks are how sure, and what picks are worth."""

from collections.abc import Mapping
from functools import partial

import altair as alt
from pandas import DataFrame

from reports.charts.picture import Drawing, Layout, Picture, listed, percent, unique_names
from reports.charts.spans import ESTIMATED, FOUND, Row, cost_row, draw_costs, kinds_of
from reports.charts.style import Style
from reports.ranking import CERTAIN, CLASSES, LIKELY, Ranking, Standing, standings
from reports.summary import AIMS

SHARES = ("below 20 %", "20–40 %", "40–60 %", "60–80 %", "80 % and more")
"""Shares of plans by steps of shade."""

CROSS = "M-1,-1L1,1M1,-1L-1,1"
"""The shape of a year that is proven to be out of reach."""

FEW, MANY = 30, 80
"""Counties up to which a chart has one column of them, or two."""

MOST_WORTHS = 40
"""Counties whose worth a chart shows; the table has all."""


def ranking_pictures(ranking: Ranking) -> Mapping[str, Picture]:
    """The charts of a ranking by name."""
    told = standings(ranking)
    made = {
        "certainty": certainty_by_year(ranking, told),
        "classes": picks_by_class(told),
        "worth": worth_of_picks(ranking, told),
    }
    return {name: picture for name, picture in made.items() if picture is not None}


def county_names(ranking: Ranking) -> dict[str, str]:
    """Names of counties by code, no two alike."""
    return unique_names({code: county.name for code, county in ranking.instance.counties.items()})


def certainty_by_year(ranking: Ranking, told: list[Standing]) -> Picture | None:
    """The share of plans in which each county joins in each year, counties in the order of joining."""
    joining = [standing for standing in told if standing.share > 0]
    if not joining or not ranking.compared:
        return None
    names = county_names(ranking)

    def draw(style: Style, layout: Layout) -> Drawing:
        few = len(joining) <= FEW
        columns = 1 if layout.narrow or few else 2 if len(joining) <= MANY else 3
        length = -(-len(joining) // columns)
        parts = [joining[start : start + length] for start in range(0, len(joining), length)]
        blocks = [_years_of(ranking, names, part, style, layout, columns, 22 if few else 15) for part in parts]
        if len(blocks) == 1:
            return blocks[0]
        return alt.hconcat(*blocks, spacing=18).resolve_scale(x="independent", y="independent")

    sure = sum(standing.timing == "certain" and standing.joining == "certain" for standing in told)
    beyond = " Crosses are years proven to cost more than plans nearly as good may." if ranking.bounds else ""
    lacking = len(told) - len(joining)
    none = f" {_counted(lacking, 'joins', 'join')} in none of the plans and cannot be seen here." if lacking else ""
    return Picture(
        title="How sure each county's year is (part of the plans nearly as good as the best, by county and year)",
        reading="Each row is a county, those that join early first. One dark cell: nearly every plan has it join in "
        "that year; several pale ones: its year can be exchanged. Dots are the best plan known."
        f"{beyond} {_counted(sure, 'has', 'have')} both joining and year certain.{none}",
        tables=("Picks", "Counties"),
        draw=draw,
    )


def _years_of(
    ranking: Ranking,
    names: Mapping[str, str],
    counties: list[Standing],
    style: Style,
    layout: Layout,
    columns: int,
    height: int,
) -> Drawing:
    """A column of counties with their years, the best plan's marked."""
    best, years = ranking.joins[0], [str(year) for year in ranking.instance.years]
    rows: list[Row] = []
    marks: list[Row] = []
    beyond: list[Row] = []
    for standing in counties:
        name = names[standing.county]
        for year, share in standing.by_year.items():
            chosen = best.get(standing.county) == year
            also = ", and in the best known" if chosen else ""
            words = f"{name}, {year}: joins in {share:.0%} of the plans{also}"
            if share > 0:
                rows.append({"county": name, "year": str(year), "band": _band(share), "words": words})
            if chosen:
                marks.append({"county": name, "year": str(year)})
            elif ranking.out_of_reach(standing.county, year):
                words = f"{name}, {year}: proven to cost more than a plan nearly as good may"
                beyond.append({"county": name, "year": str(year), "words": words})
    width = layout.width // columns
    side = 122 if columns > 1 or layout.narrow else 190
    cell = max(7, min(44, (width - side - 24) // len(years)))
    letters = layout.letters if height > 20 else layout.letters - 1
    angle = 0 if cell > 40 else -90
    x_axis = alt.Axis(orient="top", domain=False, ticks=False, labelAngle=angle, labelFontSize=letters)
    y_axis = alt.Axis(domain=False, ticks=False, labelPadding=5, labelLimit=side - 12, labelFontSize=letters)
    order = [names[standing.county] for standing in counties]
    x = alt.X("year:O", title=None, scale=alt.Scale(domain=years), axis=x_axis)
    y = alt.Y("county:N", title=None, sort=None, scale=alt.Scale(domain=order), axis=y_axis)
    legend = alt.Legend(
        title="part of the plans in which the county joins in that year",
        titleOrient="top",
        titleLimit=0,
        columns=2 if layout.narrow else len(SHARES),
        offset=16,
    )
    shade = alt.Fill("band:O", scale=alt.Scale(domain=list(SHARES), range=list(style.steps)), legend=legend)
    cells = alt.Chart(DataFrame(rows)).mark_rect(stroke=style.grid, strokeWidth=1)
    drawn = [cells.encode(x=x, y=y, fill=shade, description="words:N")]
    if beyond:
        cross = alt.Chart(DataFrame(beyond)).mark_point(shape=CROSS, size=16, color=style.muted, strokeWidth=1)
        drawn.append(cross.encode(x=x, y=y, description="words:N"))
    if marks:
        dot = alt.Chart(DataFrame(marks)).mark_point(
            filled=True, opacity=1, size=26, color=style.series[1], stroke=style.ink, strokeWidth=0.8, aria=False
        )
        drawn.append(dot.encode(x=x, y=y))
    return alt.layer(*drawn).properties(width=cell * len(years), height=height * len(counties))


def _band(share: float) -> str:
    return SHARES[min(len(SHARES) - 1, int((share + 1e-9) * len(SHARES)))]


def picks_by_class(told: list[Standing]) -> Picture | None:
    """How many counties are how sure: whether they join at all, and in which year."""
    if not any(standing.joining for standing in told):
        return None
    asked = {"joins at all": "joining", "joins in its usual year": "timing"}
    kinds = list(CLASSES)
    rows: list[Row] = []
    for name, field in asked.items():
        found = [getattr(standing, field) for standing in told]
        start = 0
        for rank, kind in enumerate(kinds):
            count = found.count(kind)
            if count:
                rows.append(
                    {
                        "asked": name,
                        "kind": kind,
                        "rank": rank,
                        "start": start,
                        "end": start + count,
                        "middle": start + count / 2,
                        "text": str(count),
                        "wide": count,
                        "words": f"{name}: {kind} for {count} {'county' if count == 1 else 'counties'}",
                    }
                )
            start += count
    largest = max(row["end"] for row in rows)

    def draw(style: Style, layout: Layout) -> Drawing:
        width = layout.width - (130 if layout.narrow else 180)
        steps = [style.steps[4], style.steps[3], style.steps[1], style.steps[0]]
        over = [style.on_steps[4], style.on_steps[3], style.on_steps[1], style.on_steps[0]]
        y = alt.Y("asked:N", title=None, sort=None, scale=alt.Scale(domain=list(asked)),
                  axis=alt.Axis(domain=False, ticks=False, labelPadding=6))  # fmt: skip
        scale = alt.Scale(domain=[0, largest], nice=False)
        legend = alt.Legend(title=None, columns=2 if layout.narrow else 4, symbolStrokeWidth=1)
        bars = alt.Chart(DataFrame(rows)).mark_bar(height=26, stroke=style.muted, strokeWidth=0.8)
        drawn = [
            bars.encode(
                y=y,
                x=alt.X("start:Q", title="counties", scale=scale, axis=alt.Axis(format="d", tickMinStep=1, grid=False)),
                x2="end:Q",
                fill=alt.Fill("kind:N", scale=alt.Scale(domain=kinds, range=steps), legend=legend),
                description="words:N",
            )
        ]
        fitting = [row for row in rows if row["wide"] / largest * width > 8 * len(row["text"]) + 4]
        if fitting:
            text = alt.Chart(DataFrame(fitting)).mark_text(aria=False, fontSize=layout.letters)
            colour = alt.Color("kind:N", scale=alt.Scale(domain=kinds, range=over), legend=None)
            drawn.append(text.encode(y=y, x=alt.X("middle:Q", title="counties"), text="text:N", color=colour))
        return alt.layer(*drawn).properties(width=width, height=84)

    return Picture(
        title="How many picks are how sure (number of counties)",
        reading=f"Certain: in at least {percent(CERTAIN)} of the plans; likely: in at least {percent(LIKELY)}; "
        f"interchangeable: in fewer; left out: in at most {percent(1 - CERTAIN)}. The lower bar is of the counties "
        "that join, by the year in which most plans have them join.",
        tables=("Picks",),
        draw=draw,
    )


def worth_of_picks(ranking: Ranking, told: list[Standing]) -> Picture | None:
    """What leaving counties out costs, found or estimated, with what is proven of it, dearest first; None where nothing
    is known."""
    names = county_names(ranking)
    rows = [row for standing in told if (row := _worth(ranking, standing.county, names)) is not None]
    rows.sort(key=lambda row: -float(row["value"]))
    if not rows:
        return None
    shown, total = rows[:MOST_WORTHS], len(rows)
    unit = AIMS[ranking.instance.policy.objective].unit.name(ranking.instance)
    kinds = kinds_of(shown)
    dearest = listed(row["name"] for row in shown[:3])
    part = f"the {MOST_WORTHS} dearest of {total}" if total > MOST_WORTHS else f"all {total} of which it is known"
    spans = any(row["least"] is not None for row in shown)
    dots = "Dots are the best plans known without the county, less the best of all. " if FOUND in kinds else ""
    bars = "Bars reach over what is known of the least such cost. " if spans else ""
    estimates = (
        "Estimates are by how much the bound on all plans rises, which what shared prices do not show may exceed. "
        if ESTIMATED in kinds
        else ""
    )
    return Picture(
        title=f"What it costs to leave a county out ({unit})",
        reading=f"{dots}{bars}{estimates}Dearest to replace: {dearest}. Shown are {part}.",
        tables=("Picks", "Counties"),
        draw=partial(draw_costs, shown, unit),
    )


def _worth(ranking: Ranking, county: str, names: Mapping[str, str]) -> Row | None:
    """What leaving a county out costs; None where it is not known."""
    worth = ranking.worths.get(county)
    if worth is None:
        return None
    return cost_row(names[county], worth.left_out, worth.left_out_estimate, "leaving it out")


def _counted(count: int, one: str, many: str) -> str:
    if count == 0:
        return f"No county {one}"
    return f"{count:,} {'county' if count == 1 else 'counties'} {one if count == 1 else many}"
