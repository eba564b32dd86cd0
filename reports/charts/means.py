"""Charts of means: what is used of each against what there is, who pays, what the centre's money is spent on."""

import math
from collections.abc import Mapping

from pandas import DataFrame

from reports.charts.panels import STATES, against_limits, stacked
from reports.charts.picture import Drawing, Layout, Picture, Told, listed, money, percent, records
from reports.charts.style import Style

MEANS = {
    "central_budget": "Central money",
    "central_labour_pool": "Central labour",
    "central_material_pool": "",
    "import_budget": "Foreign currency for imports",
    "modernisations_per_year": "Modernisations",
}
"""Rules whose limits are told, with the name of what is limited; materials have names of their own."""

LEAST = 1e-6
"""Amounts below this are none."""


def means_against_limits(told: Told) -> Picture | None:
    """What the plan uses of each central means, by year, against what there is."""
    table = told.tables["limits"]
    rows = []
    for record in records(table):
        if record["rule"] not in MEANS or record["year"] is None or not math.isfinite(record["allowed"]):
            continue
        name = MEANS[record["rule"]] or record["subject"].rpartition(" / ")[0]
        unit = record["unit"]
        panel = f"{name}, {unit}" if not name.lower().startswith(unit) else name
        used, allowed = float(record["used"]), float(record["allowed"])
        rows.append(
            {
                "panel": panel,
                "name": name,
                "rank": list(MEANS).index(record["rule"]),
                "year": str(record["year"]),
                "used": used,
                "allowed": allowed,
                "state": STATES[0] if record["binds"] else STATES[1],
                "words": f"{name}, {record['year']}: {used:,.0f} of {allowed:,.0f} {unit} used",
            }
        )
    if not rows:
        return None
    rows.sort(key=lambda row: (row["rank"], row["year"]))
    data = DataFrame(rows)
    panels = list(dict.fromkeys(data["panel"]))

    def draw(style: Style, layout: Layout) -> Drawing:
        return against_limits(data, style, layout, panels)

    short = data[data["state"] == STATES[0]].groupby("name", sort=False)["year"].nunique()
    years = data["year"].nunique()
    finding = "Nothing is used up in any year."
    if len(short):
        parts = [
            f"{name} in {'every year' if count == years else _years(int(count), years)}"
            for name, count in short.items()
        ]
        finding = f"Used up: {listed(parts)}. More of what is used up could make a better plan."
    return Picture(
        title="What the plan uses of each means, by year, against what there is",
        reading=f"The line is what there is, the bar what is used; the unit is above each panel. {finding}",
        tables=("Limits", "Central budget"),
        draw=draw,
    )


def who_pays(told: Told) -> Picture | None:
    """Who pays for construction, by year."""
    table = told.tables["who_pays"]
    nation = table[(table["province"] == "") & (table["year"].isin(told.instance.years))]
    payers = {"central": "centre", "local": "counties", "donated": "donors"}
    payers = {column: name for column, name in payers.items() if column in nation}
    unit = money(told.instance)
    total = float(nation["total"].sum())
    if total <= LEAST:
        return None
    data = _parts(nation, payers, unit)

    def draw(style: Style, layout: Layout) -> Drawing:
        colours = dict(zip(payers.values(), (style.series[0], style.series[1], style.series[3]), strict=False))
        return stacked(data, colours, style, layout)

    parts = listed(f"{name} {percent(float(nation[column].sum()) / total)}" for column, name in payers.items())
    return Picture(
        title=f"Who pays for construction, by year ({unit}, not discounted)",
        reading=f"Each bar is what is built in a year, paid in the year of building. "
        f"Of {total:,.0f} {unit} in all: {parts}.",
        tables=("Who pays", "Allocation"),
        draw=draw,
    )


def central_money(told: Told) -> Picture | None:
    """What becomes of the centre's money, by year."""
    table = told.tables["central_budget"]
    table = table[table["available"].map(math.isfinite)]
    uses = {
        "construction": "construction in counties",
        "subsidies": "subsidies to counties",
        "support": "support bases",
        "reserve": "kept for the next year",
        "lapsed": "left unused",
    }
    uses = {column: name for column, name in uses.items() if column in table and float(table[column].sum()) > LEAST}
    if table.empty or not uses:
        return None
    unit = money(told.instance)
    data = _parts(table, uses, unit, of="available")

    def draw(style: Style, layout: Layout) -> Drawing:
        known = {
            "construction": style.series[0],
            "subsidies": style.series[1],
            "support": style.series[2],
            "reserve": style.series[4],
            "lapsed": style.rest,
        }
        return stacked(data, {name: known[column] for column, name in uses.items()}, style, layout)

    spent = sum(float(table[column].sum()) for column in ("construction", "subsidies", "support") if column in table)
    return Picture(
        title=f"What becomes of the centre's money, by year ({unit}, not discounted)",
        reading=f"A bar is all that the centre has in a year: its funds, what counties remit and comes back, and what "
        f"was kept from before. Spent in all: {spent:,.0f} {unit}.",
        tables=("Central budget",),
        draw=draw,
    )


def _parts(table: DataFrame, names: Mapping[str, str], unit: str, *, of: str = "") -> DataFrame:
    """What `stacked` draws: of each year the amounts in some columns, under their names, beside the column `of`, which
    has what there is of them."""
    return DataFrame(
        [
            {
                "year": str(record["year"]),
                "part": name,
                "rank": rank,
                "amount": float(record[column]),
                "words": f"{record['year']}, {name}: {record[column]:,.0f}{whole} {unit}",
            }
            for record in records(table)
            for whole in [f" of {record[of]:,.0f}" if of else ""]
            for rank, (column, name) in enumerate(names.items())
        ]
    )


def _years(count: int, years: int) -> str:
    return f"{count} of {years} years"
