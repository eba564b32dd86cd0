"""Charts of what people get: supply by source, coverage by province, how plants are used."""

from collections import defaultdict

from pandas import DataFrame

from reports.charts.panels import band_of, cells, stacked
from reports.charts.picture import (
    Drawing,
    Layout,
    Picture,
    Told,
    good_names,
    percent,
    province_names,
    records,
    scale_names,
    unique_names,
)
from reports.charts.style import Style

LEAST_TONNES = 1e-6
"""Amounts below this are none."""


def supply_by_source(told: Told) -> Picture | None:
    """Where each good comes from, by year: existing industry, new plants of each scale, imports, shortage."""
    instance = told.instance
    goods, scales = _wanted(told), scale_names(instance)
    output = _output(told)
    national = {(row["good"], row["year"]): row for row in records(told.tables["coverage"]) if row["province"] == ""}
    plants_use: dict[tuple[str, int], float] = defaultdict(float)
    for row in records(told.tables["supply"]):
        plants_use[row["good"], row["year"]] += row.get("plants_use", 0.0)
    sources = {
        "existing": "existing industry",
        **{f"scale {code}": f"new: {name}" for code, name in scales.items()},
        "imports": "imports",
        "shortage": "not met",
    }
    rows = []
    for good, name in goods.items():
        for year in instance.years:
            found = national[good, year]
            need = found["demand"] + plants_use[good, year]
            amounts = {
                "existing": output[good, year, ""],
                **{f"scale {code}": output[good, year, code] for code in scales},
                "imports": found["imports"],
                "shortage": found["shortage"],
            }
            for rank, (source, tonnes) in enumerate(amounts.items()):
                rows.append(
                    {
                        "panel": name,
                        "year": str(year),
                        "part": sources[source],
                        "rank": rank,
                        "amount": tonnes,
                        "level": need,
                        "words": f"{name}, {year}, {sources[source]}: {tonnes:,.0f} t of {need:,.0f} t needed",
                    }
                )
    if not rows:
        return None
    data = DataFrame(rows)
    told_sources = [name for name in sources.values() if data.loc[data["part"] == name, "amount"].max() > LEAST_TONNES]

    def draw(style: Style, layout: Layout) -> Drawing:
        colours = {"existing industry": style.rest, "imports": style.series[1], "not met": style.series[5]}
        colours |= {f"new: {name}": style.scale(rank) for rank, name in enumerate(scales.values())}
        shown = {name: colours[name] for name in told_sources}
        panels = list(goods.values())
        return stacked(data[data["part"].isin(told_sources)], shown, style, layout, panels=panels, needed=True)

    last = instance.last_year
    shares = [
        (national[good, last]["coverage"], name)
        for good, name in goods.items()
        if national[good, last]["demand"] > LEAST_TONNES
    ]
    finding = ""
    if shares:
        (least, worst), (most, best) = min(shares), max(shares)
        finding = f" In {last} domestic output meets {percent(most)} of people's demand for {best}"
        finding += f" and {percent(least)} for {worst}." if worst != best else "."
    return Picture(
        title="Where each good comes from, by year (tonnes a year)",
        reading="Bars stack up what existing industry and new plants make, what is imported and what is not met; the "
        f"line is what people and plants need. Panels have axes of their own.{finding}",
        tables=("Production", "Coverage", "Supply"),
        draw=draw,
    )


def coverage_by_province(told: Told) -> Picture | None:
    """Domestic supply as a share of demand, by province, good and year."""
    instance, table = told.instance, told.tables["coverage"]
    goods = _wanted(told)
    names = {"": "nation", **province_names(instance)}
    rows = []
    for record in records(table):
        share = record["coverage"]
        if record["good"] not in goods or share is None or share != share:  # a share of nothing is not a number
            continue
        place, good, year = names[record["province"]], goods[record["good"]], record["year"]
        rows.append(
            {
                "panel": good,
                "row": place,
                "year": str(year),
                "band": band_of(share),
                "text": f"{share * 100:.0f}",
                "words": f"{good}, {place}, {year}: {share:.1%} of demand met at home",
            }
        )
    if not rows:
        return None
    data = DataFrame(rows)

    def draw(style: Style, layout: Layout) -> Drawing:
        return cells(
            data,
            list(names.values()),
            style,
            layout,
            legend="demand met by domestic output",
            panels=[name for name in goods.values() if name in set(data["panel"])],
        )

    finding = ""
    for row in records(told.tables["equity"]):
        known = bool(row["least_province"]) and row["least_province"] != row["greatest_province"]
        if known and (row["year"], row["good"]) == (instance.last_year, ""):
            finding = (
                f" In {instance.last_year}, mean of goods, {row['greatest_province']} is covered best with "
                f"{percent(row['greatest_province_coverage'])} and {row['least_province']} least with "
                f"{percent(row['least_province_coverage'])}."
            )
    return Picture(
        title="How much of people's demand domestic output meets, by province, good and year (per cent)",
        reading=f"Each cell is a province in a year; darker on paper, lighter on a dark screen: more.{finding}",
        tables=("Coverage", "Equity"),
        draw=draw,
    )


def utilisation(told: Told) -> Picture | None:
    """Output as a share of full capacity, by design and year."""
    instance, table = told.instance, told.tables["utilisation"]
    designs = unique_names({code: design.name for code, design in instance.designs.items()})
    rows = []
    for record in records(table):
        share, allowed = record["used_share"], record["allowed_share"]
        if share is None or share != share:  # a share of nothing is not a number
            continue
        name, year = designs[record["design"]], record["year"]
        rows.append(
            {
                "row": name,
                "year": str(year),
                "band": band_of(share),
                "text": f"{share * 100:.0f}",
                "words": f"{name}, {year}: {share:.1%} of full capacity used, {allowed:.1%} allowed",
            }
        )
    if not rows:
        return None
    data = DataFrame(rows)
    order = [name for name in designs.values() if name in set(data["row"])]

    def draw(style: Style, layout: Layout) -> Drawing:
        return cells(data, order, style, layout, legend="output as a share of full capacity")

    last = table[table["year"] == instance.last_year]
    capacity, allowed, made = (float(last[column].sum()) for column in ("capacity", "allowed", "output"))
    finding = ""
    if 0 < capacity < float("inf"):
        finding = (
            f" In {instance.last_year} plants make {percent(made / capacity)} of their full capacity; power, "
            f"materials and support bases allow {percent(allowed / capacity)}."
        )
    return Picture(
        title="How far new plants are used, by design and year (per cent of full capacity)",
        reading=f"Each cell is the output of all plants of a design as a share of what they could make.{finding}",
        tables=("Utilisation", "Production"),
        draw=draw,
    )


def _output(told: Told) -> dict[tuple[str, int, str], float]:
    """Tonnes by good, year and scale of the plants; a blank scale is existing industry."""
    scale_of = {code: design.scale for code, design in told.instance.designs.items()}
    found: dict[tuple[str, int, str], float] = defaultdict(float)
    for row in records(told.tables["production"]):
        found[row["good"], row["year"], scale_of.get(row["plant"], "")] += row["tonnes"]
    return found


def _wanted(told: Told) -> dict[str, str]:
    """Goods of which anything is needed or made, by code with their names."""
    wanted = {
        row["good"]
        for row in records(told.tables["coverage"])
        if row["demand"] + row["output"] + row["imports"] > LEAST_TONNES
    }
    return {code: name for code, name in good_names(told.instance).items() if code in wanted}
